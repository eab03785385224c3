import {expect} from '@loopback/testlab';
import type {WireMessage} from '../../protocol';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {
  givenClient,
  givenMessage,
  refusal,
  type Device,
  type ReceivedAck,
} from '../fixtures/device';
import type {HttpErrorBody} from '../fixtures/http-client';
import {upTo} from '../fixtures/message-log';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';
import {givenTcpProxy, type TcpProxy} from '../fixtures/tcp-proxy';
import {givenToken, givenUserId} from '../fixtures/token';

const UNAVAILABLE = {
  statusCode: 503,
  code: 'CHAT_UNAVAILABLE',
  message: 'The chat is not available now; send again later.',
};
const COUNT = 600;

describeOverStores(
  'Database gone',
  store => {
    let proxy: TcpProxy;
    let chat: ChatApp;
    let ann: string;
    let bob: string;
    let sender: Device;
    let messages: WireMessage[];

    beforeEach(async () => {
      proxy = await givenTcpProxy(store);
      chat = await givenChatApp({store, address: proxy.address});
      ann = givenUserId('ann');
      bob = givenUserId('bob');
      sender = await chat.device(ann);
      messages = upTo(COUNT).map(i =>
        givenMessage({receiver: bob, text: `secret ${i}`}),
      );
    });

    afterEach('no text or token was logged', () => {
      expect(chat.logger.text).to.not.match(/secret \d|eyJ|INSERT|SELECT/);
    });

    /** Sends some of the messages; runs `meanwhile` after the first ack. */
    async function sendAll(
      meanwhile: () => void = () => undefined,
    ): Promise<ReceivedAck[]> {
      const acks = messages.map(message => sender.send(message));
      void Promise.race(acks).then(meanwhile);
      return Promise.all(acks);
    }

    /** Reads the ids that are stored, past the proxy. */
    async function storedIds(): Promise<string[]> {
      const other = await givenChatApp({store});
      const http = await other.http(ann);
      const {body} = await http.find({limit: 1000, order: ['seq ASC']});
      expect(body.map(({seq}) => seq)).to.deepEqual(upTo(body.length));
      return body.map(({id}) => id);
    }

    function expectHonest(acks: ReceivedAck[], stored: string[]): void {
      const known = new Set(stored);
      for (const ack of acks) {
        if (ack.statusCode === 200) {
          expect(known.has(String(ack.id))).to.be.true();
        } else expect(ack).to.deepEqual(UNAVAILABLE);
      }
    }

    async function expectAllTaken(): Promise<void> {
      const acks = await sendAll();
      expect(acks.filter(ack => ack.statusCode !== 200)).to.be.empty();
      const seqs = acks.map(ack => Number(ack.seq)).sort((x, y) => x - y);
      expect(seqs).to.deepEqual(upTo(COUNT));
      const ids = messages.map(({id}) => id);
      expect((await storedIds()).sort()).to.deepEqual(ids.sort());
    }

    context('when it goes in the middle of a burst', () => {
      it('acks 200 only to what is stored, and takes the rest later', async () => {
        const acks = await sendAll(() => proxy.goDown());
        expect(acks.some(ack => ack.statusCode === 503)).to.be.true();
        expectHonest(acks, await storedIds());
        proxy.comeBack();
        await expectAllTaken();
      });

      it('does so when every connection is cut, again and again', async () => {
        for (let round = 0; round < 5; round++) {
          const acks = await sendAll(() => proxy.cut());
          expectHonest(acks, await storedIds());
        }
        await expectAllTaken();
      });

      it('tells the receiver of each message once', async () => {
        const receiver = await chat.device(bob);
        await sendAll(() => proxy.cut());
        await expectAllTaken();
        const fence = givenMessage({receiver: bob});
        await sender.send(fence);
        await receiver.receive(fence.id);
        const ids = receiver.received.map(({id}) => id);
        expect(new Set(ids).size).to.equal(ids.length);
      });
    });

    context('when it is away', () => {
      beforeEach(() => proxy.goDown());

      it('acks 503 to every message', async () => {
        for (const ack of await sendAll()) {
          expect(ack).to.deepEqual(UNAVAILABLE);
        }
        expect(await storedIds()).to.be.empty();
        proxy.comeBack();
        await expectAllTaken();
      });

      it('answers 503 by REST', async () => {
        const http = await chat.http(ann);
        const draft = {toUserId: bob, body: 'secret'};
        const id = messages[0].id;
        for (const answer of [
          await http.post<HttpErrorBody>('/messages', draft),
          await http.find<HttpErrorBody>(),
          await http.get<HttpErrorBody>(`/messages/${id}`),
        ]) {
          expect(answer.status).to.equal(503);
          expect(answer.body).to.deepEqual({
            error: {...UNAVAILABLE, name: 'ChatError'},
          });
        }
        proxy.comeBack();
        expect((await http.post('/messages', draft)).body.seq).to.equal(1);
        expect((await http.find()).status).to.equal(200);
      });

      it('refuses a connection with 503, and takes it later', async () => {
        const auth = {token: await givenToken(bob)};
        const err = await refusal(givenClient(chat.url, {auth}));
        expect(err.message).to.equal(UNAVAILABLE.message);
        expect(err.data).to.deepEqual({
          statusCode: 503,
          code: 'CHAT_UNAVAILABLE',
        });
        proxy.comeBack();
        const receiver = await chat.device(bob);
        await sender.send(messages[0]);
        await receiver.receive(messages[0].id);
      });

      it('still refuses a bad token with 401, and a bad frame with 422', async () => {
        const auth = {token: 'rubbish'};
        const err = await refusal(givenClient(chat.url, {auth}));
        expect(err.data).to.containEql({statusCode: 401});
        const ack = await sender.send(givenMessage({receiver: ''}));
        expect(ack).to.containEql({statusCode: 422});
      });
    });

    context('when it answers nothing for a while', () => {
      it('acks each message once it goes on', async () => {
        const acks = sendAll(() => {
          proxy.stall();
          setImmediate(() => proxy.comeBack());
        });
        for (const ack of await acks) {
          expect(ack).to.containEql({statusCode: 200});
        }
        await expectAllTaken();
      });

      it('acks 503 or 200 honestly when it is cut after that', async () => {
        const acks = sendAll(() => {
          proxy.stall();
          setImmediate(() => proxy.cut());
          setImmediate(() => proxy.comeBack());
        });
        expectHonest(await acks, await storedIds());
        await expectAllTaken();
      });
    });
  },
  SQL_STORES,
);
