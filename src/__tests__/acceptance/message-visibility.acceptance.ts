import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {MessageSession} from '../../protocol';
import {singleChannelId} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import type {HttpErrorBody} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Visibility of messages', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;
  let bob: string;
  let eve: string;
  let task: string;

  beforeEach(() => {
    ann = givenUserId('ann');
    bob = givenUserId('bob');
    eve = givenUserId('eve');
    task = givenUserId('task');
  });

  async function givenTaskMessage() {
    const http = await chat().http(ann);
    const draft = {channelId: task, channelType: 'task', toUserId: bob};
    return (await http.post('/messages', {...draft, body: 'Ours'})).body;
  }

  async function givenSingleMessage() {
    const http = await chat().http(ann);
    const draft = {toUserId: bob, body: 'Between us'};
    return (await http.post('/messages', draft)).body;
  }

  context('when the user is a stranger to the channel', () => {
    it('answers 404 to the id', async () => {
      const http = await chat().http(eve);
      for (const {id} of [
        await givenTaskMessage(),
        await givenSingleMessage(),
      ]) {
        const {status, body} = await http.get<HttpErrorBody>(`/messages/${id}`);
        expect(status).to.equal(404);
        expect(body.error.code).to.equal('CHAT_NOT_FOUND');
      }
    });

    it('answers the same 404 as to an id that there is not', async () => {
      const {id} = await givenTaskMessage();
      const http = await chat().http(eve);
      const hidden = await http.get(`/messages/${id}`);
      const missing = await http.get(`/messages/${randomUUID()}`);
      expect(hidden.text).to.equal(missing.text);
      expect(hidden.status).to.equal(missing.status);
    });

    it('lists none of it', async () => {
      await givenTaskMessage();
      await givenSingleMessage();
      const {body} = await (await chat().http(eve)).find();
      expect(body).to.deepEqual([]);
    });

    it('answers 404 to a message for it and tells nobody', async () => {
      const member = await chat().device(bob);
      await givenTaskMessage();
      const http = await chat().http(eve);
      for (const channelType of ['task', 'other', 'group', undefined]) {
        const draft = {channelId: task, channelType, body: 'Intruding'};
        expect((await http.post('/messages', draft)).status).to.equal(404);
      }
      const fence = await givenSingleMessage();
      await member.receive(fence.id);
      expect(member.received).to.have.length(2);
    });

    it('answers 404 to a frame for it, and to its seq nothing happens', async () => {
      await givenTaskMessage();
      const intruder = await chat().device(eve);
      for (const session of [MessageSession.CHANNEL, MessageSession.GROUP]) {
        const ack = await intruder.send(
          givenMessage({session, receiver: task, channelType: 'task'}),
        );
        expect(ack).to.containEql({statusCode: 404, code: 'CHAT_NOT_FOUND'});
      }
      expect((await givenTaskMessage()).seq).to.equal(2);
    });

    it('tells no socket of it', async () => {
      const intruder = await chat().device(eve);
      await givenTaskMessage();
      await givenSingleMessage();
      const device = await chat().device(ann);
      const toEve = givenMessage({receiver: eve});
      await device.send(toEve);
      await intruder.receive(toEve.id);
      expect(intruder.received).to.have.length(1);
    });

    it('answers 422 to a parent from it', async () => {
      const {id} = await givenTaskMessage();
      const http = await chat().http(eve);
      const draft = {toUserId: bob, parentMessageId: id, body: 'Quote'};
      const hidden = await http.post('/messages', draft);
      const missing = await http.post('/messages', {
        ...draft,
        parentMessageId: randomUUID(),
      });
      expect(hidden.status).to.equal(422);
      expect(hidden.text).to.equal(missing.text);
    });
  });

  context('when a stranger names the channel of two others', () => {
    const types = ['task', 'single', 'group', 'Single', undefined];
    for (const isUpperCase of [false, true]) {
      for (const channelType of types) {
        const title = `${channelType}${isUpperCase ? ' in upper case' : ''}`;
        it(`cannot take it over as ${title}`, async () => {
          const derived = singleChannelId(ann, bob);
          const channelId = isUpperCase ? derived.toUpperCase() : derived;
          const intruder = await chat().device(eve);
          const http = await chat().http(eve);
          const draft = {channelId, channelType, body: 'Squat'};
          const before = await http.post('/messages', draft);
          expect(before.status).to.equal(404);
          const frame = givenMessage({
            session: MessageSession.CHANNEL,
            receiver: channelId,
            channelType,
          });
          expect((await intruder.send(frame)).statusCode).to.equal(404);

          const message = await givenSingleMessage();
          expect(message).to.containEql({seq: 1, channelType: 'single'});
          expect((await http.post('/messages', draft)).status).to.equal(404);
          expect((await http.find()).body).to.deepEqual([]);
          const fence = givenMessage({receiver: eve});
          await (await chat().device(ann)).send(fence);
          await intruder.receive(fence.id);
          expect(intruder.received).to.have.length(1);
        });
      }
    }

    it('cannot name it as the channel to a third user', async () => {
      const http = await chat().http(eve);
      const channelId = singleChannelId(ann, bob);
      const draft = {channelId, channelType: 'single', toUserId: bob};
      const {status} = await http.post('/messages', {...draft, body: 'Squat'});
      expect(status).to.equal(404);
    });
  });

  context('when ids differ in case only', () => {
    it('keeps the users apart', async () => {
      const upper = ann.toUpperCase();
      const {id} = await givenSingleMessage();
      const http = await chat().http(upper);
      expect((await http.find()).body).to.deepEqual([]);
      expect((await http.get(`/messages/${id}`)).status).to.equal(404);
      const {body} = await http.post('/messages', {toUserId: bob, body: 'Hi'});
      expect(body).to.containEql({seq: 1, createdBy: upper});
      expect(body.channelId).to.not.equal(singleChannelId(ann, bob));
      expect((await http.find()).body).to.have.length(1);
    });

    it('lets a user write to the namesake', async () => {
      const upper = ann.toUpperCase();
      const [lower, other] = [
        await chat().device(ann),
        await chat().device(upper),
      ];
      const message = givenMessage({receiver: upper});
      expect(await lower.send(message)).to.containEql({statusCode: 200});
      await other.receive(message.id);
    });

    it('keeps channels of the host apart', async () => {
      await givenTaskMessage();
      const draft = {channelId: task.toUpperCase(), channelType: 'task'};
      const http = await chat().http(eve);
      const {body} = await http.post('/messages', {...draft, body: 'Own'});
      expect(body.seq).to.equal(1);
      expect((await http.find()).body).to.have.length(1);
    });
  });
});
