import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatServiceBindings} from '../../keys';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import {expectError} from '../fixtures/conversation';
import {givenGroup, type Group} from '../fixtures/group-of-four';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Mentions in messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;

  beforeEach(async () => {
    group = await givenGroup(chat());
  });

  const draft = (...mentions: unknown[]) => ({
    channelId: group.channelId,
    channelType: 'group',
    body: 'Hello',
    mentions,
  });

  it('are kept, each once, and answered and told of', async () => {
    const events = await group.events('message.created');
    const {Events} = ChatServiceBindings;
    const told: unknown[] = [];
    (await chat().app.get(Events)).on('message.created', ({message}) => {
      if (message.channelId === group.channelId) told.push(message.mentions);
    });
    const [bob, olga] = [group.id('bob'), group.id('olga')];
    const ann = await group.http('ann');
    const sent = await ann.post('/messages', draft(bob, olga, bob));
    expect(sent.status).to.equal(200);
    expect(sent.body).to.containDeep({mentions: [bob, olga]});
    expect(told).to.deepEqual([[bob, olga]]);
    expect(events).to.be.empty();
    const filter = {where: {channelId: group.channelId}};
    const listed = await ann.get(asking('/messages', {filter}));
    expect(listed.body).to.deepEqual([sent.body]);
  });

  it('are answered just so when the message is sent again', async () => {
    const ann = await group.http('ann');
    const id = randomUUID();
    const [bob, adam] = [group.id('bob'), group.id('adam')];
    const first = {...draft(bob), id};
    const answers = await Promise.all(
      Array.from({length: 10}, () => ann.post('/messages', first)),
    );
    await group.dismiss('bob');
    answers.push(await ann.post('/messages', first));
    answers.push(await ann.post('/messages', {...draft(adam), id}));
    answers.push(await ann.post('/messages', {...draft(), id}));
    for (const {status, body} of answers) {
      expect(status).to.equal(200);
      expect(body).to.deepEqual(answers[0].body);
    }
    expect(answers[0].body).to.containDeep({mentions: [bob], seq: 1});
    const other = {...draft(adam), id, body: 'Another'};
    expectError(await ann.post('/messages', other), 409);
  });

  it('take back the whole row by PUT', async () => {
    const ann = await group.http('ann');
    const {body} = await ann.post('/messages', draft(group.id('bob')));
    const path = `/messages/${body.id}`;
    const {status} = await ann.put(path, {...body, body: 'Edited'});
    expect(status).to.equal(204);
    const mentions = [group.id('bob')];
    expect((await ann.get(path)).body).to.containDeep({mentions});
    expectError(await ann.patch(path, {mentions: []}), 422, 'mentions');
  });

  it('are none where the list is empty', async () => {
    const ann = await group.http('ann');
    const {body} = await ann.post('/messages', draft());
    expect(body).to.not.have.property('mentions');
  });

  it('answers 422 to whoever is no member, and stores nothing', async () => {
    await group.dismiss('olga');
    const ann = await group.http('ann');
    const bob = group.id('bob');
    for (const mentions of [
      [group.id('eve')],
      [bob, group.id('olga')],
      [bob.toUpperCase()],
      ["' OR 1=1 --"],
      ['__proto__'],
    ]) {
      const answer = await ann.post('/messages', draft(...mentions));
      expectError(answer, 422, 'mentions');
    }
    expect(await group.changeSeq()).to.equal(0);
  });

  it('answers 422 to what is no list of at most 100 ids', async () => {
    const ann = await group.http('ann');
    const bob = group.id('bob');
    for (const mentions of [
      [''],
      [' bob'],
      ['a\0b'],
      ['x'.repeat(65)],
      Array(101).fill(bob),
    ]) {
      const answer = await ann.post('/messages', draft(...mentions));
      expectError(answer, 422, 'mentions');
    }
    for (const mentions of ['bob', {0: bob}, null, [5], [[bob]], [null]]) {
      const answer = await ann.post('/messages', {...draft(), mentions});
      expect(answer.status).to.equal(422);
    }
    const most = await ann.post('/messages', draft(...Array(100).fill(bob)));
    expect(most.status).to.equal(200);
  });

  it('answers 404 to a stranger, and to a former member', async () => {
    await group.dismiss('bob');
    for (const name of ['eve', 'bob'] as const) {
      const http = await group.http(name);
      const answer = await http.post('/messages', draft(group.id('ann')));
      expectError(answer, 404);
    }
  });

  context('when the message opens the channel', () => {
    it('draws in one of its first members', async () => {
      const ann = await group.http('ann');
      const [bob, eve] = [group.id('bob'), group.id('eve')];
      const place = {channelId: givenUserId('task'), channelType: 'task'};
      const first = {...place, toUserId: bob, body: 'x'};
      const wrong = await ann.post('/messages', {...first, mentions: [eve]});
      expectError(wrong, 422, 'mentions');
      const answer = await ann.post('/messages', {...first, mentions: [bob]});
      expect(answer.status).to.equal(200);
      const more = {...place, toUserId: eve, body: 'y', mentions: [eve]};
      expect((await ann.post('/messages', more)).status).to.equal(200);
    });

    it('draws in the other of two', async () => {
      const ann = await group.http('ann');
      const [bob, eve] = [group.id('bob'), group.id('eve')];
      const first = {toUserId: bob, body: 'x'};
      const wrong = await ann.post('/messages', {...first, mentions: [eve]});
      expectError(wrong, 422, 'mentions');
      for (const mentions of [[bob], [bob, group.id('ann')]]) {
        const answer = await ann.post('/messages', {...first, mentions});
        expect(answer.status).to.equal(200);
      }
    });
  });

  context('when a host sends other kinds', () => {
    const send = async (kind: string) => {
      const service = await chat().app.get(ChatServiceBindings.MessageService);
      const {channelId} = group;
      const image = {channelId, body: 'https://x/y.png', kind: kind as 'image'};
      return service.send(group.user('ann'), image);
    };

    it('keeps the kind', async () => {
      const {id} = await send('image');
      expect(await group.read(id)).to.containEql({kind: 'image'});
    });

    it('refuses `system` and what is none', async () => {
      for (const kind of ['system', 'nope', '', '__proto__']) {
        const err = await rejection(send(kind));
        expect(err).to.containDeep({details: [{path: 'kind'}]});
      }
    });
  });
});
