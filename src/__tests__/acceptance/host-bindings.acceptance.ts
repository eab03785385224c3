import {expect, sinon} from '@loopback/testlab';
import {ChatServiceComponent} from '../../component';
import {ChatServiceBindings} from '../../keys';
import type {MessageRepository} from '../../repositories';
import {
  givenChatApp,
  makeChatApp,
  type HostApplication,
} from '../fixtures/chat-app';
import {givenClient, givenMessage, refusal} from '../fixtures/device';
import {givenUserId} from '../fixtures/token';

describe('Bindings in a host', () => {
  context('when the host has bindings of its own', () => {
    for (const when of ['before', 'after'] as const) {
      it(`asks its ChannelAccess, bound ${when} the component`, async () => {
        const asked: object[] = [];
        const bindIt = (app: HostApplication) =>
          app.bind(ChatServiceBindings.ChannelAccess).to({
            mayOpen: (user, channel) => {
              asked.push({user: user.id, channel});
              return channel.type === 'task';
            },
          });
        const chat = await givenChatApp({[when]: bindIt});
        const ann = givenUserId('ann');
        const http = await chat.http(ann);
        const draft = {channelId: givenUserId('c'), body: 'x'};
        const open = (channelType: string) =>
          http.post('/messages', {...draft, channelType});
        expect((await open('secret')).status).to.equal(403);
        expect((await open('task')).status).to.equal(200);
        expect((await open('secret')).status).to.equal(200);
        expect(asked).to.deepEqual(
          ['secret', 'task'].map(type => ({
            user: ann,
            channel: {id: draft.channelId, type},
          })),
        );
      });
    }

    it('answers 500, not 503, to a ChannelAccess that fails', async () => {
      const chat = await givenChatApp({
        before: app =>
          app.bind(ChatServiceBindings.ChannelAccess).to({
            mayOpen: () => Promise.reject(new Error('inner')),
          }),
      });
      const http = await chat.http('ann');
      const draft = {channelId: 'c', channelType: 'task', body: 'x'};
      const {status, text} = await http.post('/messages', draft);
      expect(status).to.equal(500);
      expect(text).to.not.containEql('inner');
      expect(chat.logger.lines).to.have.length(1);
    });

    for (const [how, fail] of [
      ['throws', thrown],
      ['rejects', async () => thrown()],
    ] as const) {
      it(`answers what its logger is told of, which ${how}`, async () => {
        const fails = sinon.spy(fail);
        const chat = await givenChatApp({
          config: {
            realtime: {failedHandshakesPerSecond: 1, failedHandshakeBurst: 1},
          },
          after: app => {
            app
              .bind(ChatServiceBindings.Logger)
              .to({error: fails, warn: fails, info: fails});
            app
              .bind(ChatServiceBindings.ChannelAccess)
              .to({mayOpen: () => Promise.reject(new Error('inner'))});
          },
        });
        const http = await chat.http('ann');
        const draft = {channelId: 'c', channelType: 'task', body: 'x'};
        expect((await http.post('/messages', draft)).status).to.equal(500);
        expect(fails.callCount).to.equal(1);
        const ann = await chat.device('ann');
        const message = {session: 3, receiver: 'd', channelType: 'task'};
        const ack = await ann.send(givenMessage(message));
        expect(ack).to.containEql({statusCode: 500, code: 'CHAT_INTERNAL'});
        expect(fails.callCount).to.equal(2);
        // The second one is turned away, of which the log tells.
        const auth = {token: 'bad'};
        expect(await refusal(givenClient(chat.url, {auth}))).to.be.an.Error();
        while (fails.callCount < 3) {
          await refusal(givenClient(chat.url, {auth}));
        }
        expect(await ann.send(givenMessage({receiver: 'bob'}))).to.containEql({
          statusCode: 200,
        });
      });
    }

    it('survives its listeners of chat events', async () => {
      const chat = await givenChatApp();
      const events = await chat.app.get(ChatServiceBindings.Events);
      events.on('message.created', () => {
        throw new Error('inner');
      });
      // Hosts write such listeners, whatever the type says.
      const rejecting = async () => Promise.reject(new Error('inner'));
      events.on('message.created', rejecting as () => void);
      const bob = givenUserId('bob');
      const [a, b] = [await chat.device('ann'), await chat.device(bob)];
      const message = givenMessage({receiver: bob});
      expect(await a.send(message)).to.containEql({statusCode: 200});
      await b.receive(message.id);
      expect(chat.logger.lines).to.have.length(2);
    });
  });

  context('when two hosts are in one process', () => {
    it('shares no binding between them', async () => {
      const [one, other] = [await makeChatApp(), await makeChatApp()];
      const shared = one.app
        .find(/./)
        .filter(binding => other.app.contains(binding.key))
        .filter(
          ({key}) => one.app.getBinding(key) === other.app.getBinding(key),
        );
      expect(shared.map(({key}) => key)).to.deepEqual([]);
    });
  });

  context('when the component is added twice', () => {
    it('works as if once', async () => {
      const chat = await givenChatApp({
        after: app => app.component(ChatServiceComponent),
      });
      const bob = givenUserId('bob');
      const device = await chat.device(bob);
      const http = await chat.http(givenUserId('ann'));
      for (const text of ['One', 'Two']) {
        const draft = {toUserId: bob, body: text};
        const {body} = await http.post('/messages', draft);
        await device.receive(body.id);
      }
      expect(device.received).to.have.length(2);
    });
  });

  context('when a host tests its own services', () => {
    it('sends on the memory connector without a server', async () => {
      const {app} = await makeChatApp();
      const service = await app.get(ChatServiceBindings.MessageService);
      const user = {id: 'ann', permissions: []};
      const sent = await service.send(user, {toUserId: 'bob', body: 'Hi'});
      const rows = await app.get(ChatServiceBindings.MessageRowsService);
      const [found] = await rows.find({id: 'bob', permissions: []});
      expect(found).to.containEql({id: sent.id, body: 'Hi', seq: 1});
      const messages = await app.get<MessageRepository>(
        'repositories.MessageRepository',
      );
      expect((await messages.count()).count).to.equal(1);
    });
  });
});

function thrown(): never {
  throw new Error('inner');
}
