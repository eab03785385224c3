import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatServiceBindings} from '../../keys';
import {givenChatApp, givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import type {HttpErrorBody, RestMessage} from '../fixtures/http-client';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('What reviewers found', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;
  let bob: string;

  beforeEach(() => {
    [ann, bob] = [givenUserId('ann'), givenUserId('bob')];
  });

  it('tells no device of a user who may not read by REST', async () => {
    const [reader, blind] = [
      await chat().device(bob),
      await chat().device(bob, {claims: {permissions: ['CreateMessage']}}),
    ];
    const sender = await chat().device(ann);
    const message = givenMessage({receiver: bob});
    await sender.send(message);
    await reader.receive(message.id);
    // An ack comes after all that was emitted to the same device before it.
    await blind.emit('nope');
    expect(blind.received).to.be.empty();
  });

  it('answers 422 to inclusions that multiply', async () => {
    const http = await chat().http(ann);
    const {body: first} = await http.post('/messages', {
      toUserId: bob,
      body: 'x',
    });
    const replies = Array.from({length: 105}, () =>
      http.post(`/messages/${first.id}/messages`, {body: 'y'}),
    );
    await Promise.all(replies);
    const scope = {include: ['messages'], fields: ['id']};
    const include = [{relation: 'parentMessage', scope}];
    const many = await http.find<HttpErrorBody>({include, limit: 1000});
    expect(many.status).to.equal(422);
    expect(many.body.error.details?.[0].path).to.equal('include');
    expect((await http.find({include, limit: 5})).status).to.equal(200);
  });

  it('names recipients of messages with ids of any form', async () => {
    const http = await chat().http(ann);
    const id = `a3f0c1d2-0000-0a11-1234-${randomUUID().slice(24)}`;
    await http.post('/messages', {id, toUserId: bob, body: 'x'});
    const path = `/messages/${id}/message-recipients`;
    const draft = {recipientId: bob};
    expect((await http.post(path, draft)).status).to.equal(200);
    expect((await http.post(path, draft)).status).to.equal(409);
  });

  it('admits nobody by a message that is refused', async () => {
    const http = await chat().http(ann);
    const place = {channelId: givenUserId('task'), channelType: 'task'};
    await http.post('/messages', {...place, body: 'x'});
    const parentMessageId = randomUUID();
    const wrong = {...place, body: 'y', toUserId: bob, parentMessageId};
    expect((await http.post('/messages', wrong)).status).to.equal(422);
    expect((await (await chat().http(bob)).find()).body).to.be.empty();
  });

  it('does not tell strangers whose parent a message may be', async () => {
    const http = await chat().http(ann);
    const place = {channelId: givenUserId('task'), channelType: 'task'};
    const {body} = await http.post('/messages', {...place, body: 'x'});
    const stranger = await chat().http(bob);
    const ask = async (parentMessageId: string) =>
      (await stranger.post('/messages', {...place, body: 'y', parentMessageId}))
        .status;
    expect(await ask(body.id)).to.equal(await ask(randomUUID()));
  });

  it('answers 422 to what is nested too deep, and to names that are none', async () => {
    const http = await chat().http(ann);
    let metaData: object = {};
    for (let depth = 0; depth < 40; depth++) metaData = {a: metaData};
    expect((await http.post('/attach-files', {metaData})).status).to.equal(422);
    for (const filter of [
      {fields: [{toString: 1}]},
      {order: [{toString: 1}]},
      {
        fields: Object.fromEntries(
          Object.keys(messageOf()).map(k => [k, false]),
        ),
      },
    ]) {
      const {status} = await http.find<RestMessage[] | HttpErrorBody>(filter);
      expect(status).to.be.oneOf(200, 422);
    }
  });

  it('refuses a clock that is no clock', async () => {
    const device = await chat().device(ann);
    const message = givenMessage({receiver: bob, timer: 'x'.repeat(65)});
    expect(await device.send(message)).to.containEql({statusCode: 422});
  });
});

describeOverStores(
  'A message that the database refuses',
  store => {
    it('takes no other message of its batch with it', async () => {
      const chat = await givenChatApp({store});
      const service = await chat.app.get(ChatServiceBindings.MessageService);
      const [ann, bob] = [givenUserId('ann'), givenUserId('bob')];
      const user = {id: ann, permissions: []};
      const send = (body: string, status?: number) =>
        service.send(user, {toUserId: bob, body, status});
      const log = await chat.app.get<{
        appender: {append(messages: {body: string}[]): Promise<unknown>};
      }>('chat.messageLog');
      const append = log.appender.append.bind(log.appender);
      log.appender.append = async (messages, ...rest: []) => {
        if (messages.some(({body}) => body === 'bad')) {
          throw Object.assign(new Error('check'), {code: '23514'});
        }
        return append(messages, ...rest);
      };
      const sent = ['a', 'b', 'bad', 'c', 'd'].map(body => send(body));
      const outcomes = await Promise.allSettled(sent);
      expect(outcomes.map(({status}) => status)).to.eql([
        ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
      ]);
      const stored = await Promise.all(
        sent.filter((_, i) => outcomes[i].status === 'fulfilled'),
      );
      expect(stored.map(({seq}) => seq)).to.eql([1, 2, 3, 4]);
    });
  },
  SQL_STORES,
);

function messageOf(): object {
  return {id: 1, body: 1, channelId: 1, channelType: 1, seq: 1};
}
