import {expect} from '@loopback/testlab';
import {MessageSession} from '../../protocol';
import {singleChannelId} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const UUID_V7 =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describeOverStores('Message by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;
  let bob: string;
  let task: string;

  beforeEach(() => {
    ann = givenUserId('ann');
    bob = givenUserId('bob');
    task = givenUserId('task');
  });

  context('when it is sent to a user', () => {
    it('answers the stored message with an id of its own', async () => {
      const http = await chat().http(ann);
      const draft = {toUserId: bob, body: 'Hi 🌍', subject: 'S', ext: '{}'};
      const {status, body} = await http.post('/messages', draft);
      expect(status).to.equal(200);
      expect(body).to.containDeep({
        ...draft,
        channelId: singleChannelId(ann, bob),
        channelType: 'single',
        seq: 1,
        changeSeq: 1,
        status: 0,
        deleted: false,
        createdBy: ann,
        modifiedBy: ann,
      });
      expect(body.id).to.match(UUID_V7);
    });

    it('gives by GET what POST answered', async () => {
      const http = await chat().http(ann);
      const sent = await http.post('/messages', {toUserId: bob, body: 'Hi'});
      for (const userId of [ann, bob]) {
        const reader = await chat().http(userId);
        const path = `/messages/${sent.body.id.toUpperCase()}`;
        expect((await reader.get(path)).body).to.deepEqual(sent.body);
        expect((await reader.find()).body).to.deepEqual([sent.body]);
      }
    });

    it('arrives at every device of both users', async () => {
      const devices = [
        await chat().device(ann),
        await chat().device(bob),
        await chat().device(bob),
      ];
      const http = await chat().http(ann);
      const {body} = await http.post('/messages', {toUserId: bob, body: 'Hi'});
      for (const device of devices) {
        expect(await device.receive(body.id)).to.containEql({
          text: 'Hi',
          receiver: bob,
          session: MessageSession.SINGLE,
          seq: 1,
          createdAt: new Date(body.createdOn).getTime(),
        });
      }
    });
  });

  context('when it is sent into the channel of two users by its id', () => {
    for (const channelType of ['single', undefined]) {
      it(`arrives at both users, channelType ${channelType}`, async () => {
        const [a, b] = [await chat().device(ann), await chat().device(bob)];
        const {channelId} = await a.send(givenMessage({receiver: bob}));
        const http = await chat().http(ann);
        const draft = {channelId, channelType, body: 'By its id'};
        const {status, body} = await http.post('/messages', draft);
        expect(status).to.equal(200);
        expect(body.seq).to.equal(2);
        await a.receive(body.id);
        expect(await b.receive(body.id)).to.containEql({text: 'By its id'});
      });
    }

    for (const channelType of ['single', 'group', 'task', undefined]) {
      it(`never reaches a third user named in it, ${channelType}`, async () => {
        const eve = givenUserId('eve');
        const [a, e] = [await chat().device(ann), await chat().device(eve)];
        const {channelId} = await a.send(givenMessage({receiver: bob}));
        const http = await chat().http(ann);
        const draft = {channelId, channelType, toUserId: eve, body: 'Psst'};
        const {status} = await http.post('/messages', draft);
        expect(status).to.equal(422);
        const fence = givenMessage({receiver: eve});
        await a.send(fence);
        await e.receive(fence.id);
        expect(e.received).to.have.length(1);
      });
    }
  });

  context('when it is sent into a channel of the host', () => {
    it('opens the channel for the sender and the user named', async () => {
      const [a, b] = [await chat().device(ann), await chat().device(bob)];
      const http = await chat().http(ann);
      const draft = {channelId: task, channelType: 'task', toUserId: bob};
      const sent = await http.post('/messages', {...draft, body: 'One'});
      expect(sent.body).to.containEql({channelType: 'task', seq: 1});
      await a.receive(sent.body.id);
      expect(await b.receive(sent.body.id)).to.containEql({
        session: MessageSession.CHANNEL,
        receiver: task,
        channelId: task,
        channelType: 'task',
      });
      const answer = {channelId: task, channelType: 'task', body: 'Two'};
      const answered = await (await chat().http(bob)).post('/messages', answer);
      expect(answered.body).to.containEql({seq: 2});
      await a.receive(answered.body.id);
    });

    it('arrives at members who connect later', async () => {
      const http = await chat().http(ann);
      const draft = {channelId: task, channelType: 'task', toUserId: bob};
      await http.post('/messages', {...draft, body: 'One'});
      const late = await chat().device(bob);
      const {body} = await http.post('/messages', {...draft, body: 'Two'});
      expect(await late.receive(body.id)).to.containEql({seq: 2});
      expect(late.received).to.have.length(1);
    });

    it('arrives at a member who connects while it is opened', async () => {
      const http = await chat().http(ann);
      for (let round = 0; round < 10; round++) {
        const channelId = givenUserId('task');
        const draft = {channelId, channelType: 'task', toUserId: bob};
        const [device] = await Promise.all([
          chat().device(bob),
          http.post('/messages', {...draft, body: 'Opening'}),
        ]);
        const next = await http.post('/messages', {...draft, body: 'Next'});
        await device.receive(next.body.id);
        device.socket.close();
      }
    });

    it('arrives by socket just so', async () => {
      const [a, b] = [await chat().device(ann), await chat().device(bob)];
      const http = await chat().http(ann);
      const draft = {channelId: task, channelType: 'task', toUserId: bob};
      await http.post('/messages', {...draft, body: 'Opening'});
      const message = givenMessage({
        session: MessageSession.CHANNEL,
        receiver: task,
        channelType: 'task',
      });
      const ack = await a.send(message);
      expect(ack).to.containEql({statusCode: 200, channelId: task, seq: 2});
      expect(await b.receive(message.id)).to.containEql({channelId: task});
    });

    it('is opened by one of two who name it at once', async () => {
      const clients = [await chat().http(ann), await chat().http(bob)];
      const draft = {channelId: task, channelType: 'task', body: 'Mine'};
      const answers = await Promise.all(
        clients.map(client => client.post('/messages', draft)),
      );
      const statuses = answers.map(({status}) => status).sort();
      expect(statuses).to.deepEqual([200, 404]);
    });

    it('keeps types apart that differ in case only', async () => {
      const http = await chat().http(ann);
      const draft = {channelId: task, channelType: 'Single', toUserId: bob};
      await http.post('/messages', {...draft, body: 'One'});
      const late = await chat().device(bob);
      const {body} = await http.post('/messages', {...draft, body: 'Two'});
      expect(await late.receive(body.id)).to.containEql({
        channelType: 'Single',
      });
    });

    it('makes the user whom a member names a member, once', async () => {
      const http = await chat().http(ann);
      const draft = {channelId: task, channelType: 'task', body: 'One'};
      await http.post('/messages', draft);
      const device = await chat().device(bob);
      for (const channelType of ['task', undefined]) {
        const next = {...draft, channelType, toUserId: bob};
        const {status, body} = await http.post('/messages', next);
        expect(status).to.equal(200);
        await device.receive(body.id);
      }
      const seen = await (await chat().http(bob)).find();
      expect(seen.body).to.have.length(3);
    });
  });
});
