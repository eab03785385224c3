import {expect, sinon} from '@loopback/testlab';
import {once} from 'events';
import {createServer} from 'http';
import type {AddressInfo} from 'net';
import {ChatServiceBindings} from '../../keys';
import type {Receipts} from '../../realtime/receipts';
import {givenChatApp, makeChatApp} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {connect, givenClient, givenMessage, refusal} from '../fixtures/device';
import {HttpClient} from '../fixtures/http-client';
import {rejection} from '../fixtures/rejection';
import {givenToken, givenUserId} from '../fixtures/token';

describe('Life cycle', () => {
  context('when the app stops', () => {
    it('ends every connection and takes no other', async () => {
      const chat = await givenChatApp();
      const {url} = chat;
      const devices = await Promise.all([
        chat.device('ann'),
        chat.device('ann'),
        chat.device('bob', {}, {transports: ['polling']}),
      ]);
      const ends = devices.map(device => device.ended());
      await chat.app.stop();
      await Promise.all(ends);
      const auth = {token: await givenToken('ann')};
      await refusal(givenClient(url, {auth}));
    });

    it('writes receipts that come as it stops, and none later', async () => {
      const {app} = await givenChatApp();
      const service = await app.get(ChatServiceBindings.ReceiptService);
      const written = sinon.stub(service, 'moveMany').resolves();
      const receipts = await app.get<Receipts>('chat.receipts');
      const flush = sinon.stub(receipts, 'flush').callThrough();
      flush.onFirstCall().callsFake(async () => receipts.add('c', 'ann', 1));
      await app.stop();
      expect(written.callCount).to.equal(1);
    });

    it('waits for what is written already', async () => {
      const {app} = await givenChatApp();
      const service = await app.get(ChatServiceBindings.ReceiptService);
      let written = 0;
      sinon.stub(service, 'moveMany').callsFake(async () => {
        await new Promise(setImmediate);
        written++;
        return [];
      });
      const receipts = await app.get<Receipts>('chat.receipts');
      const ends: string[] = [];
      const flush = async (name: string) => {
        await receipts.flush();
        ends.push(`${name} after ${written}`);
      };
      receipts.add('c', 'ann', 1);
      const first = flush('first');
      await Promise.resolve();
      receipts.add('c', 'ann', 2);
      await Promise.all([first, flush('second'), flush('third')]);
      expect(ends).to.deepEqual([
        ...['first after 1', 'second after 2', 'third after 2'],
      ]);
    });

    it('stops without a connection, and twice', async () => {
      const chat = await givenChatApp();
      await chat.app.stop();
      await chat.app.stop();
    });

    it('works again after the next start, each time', async () => {
      const chat = await givenChatApp();
      for (let round = 0; round < 3; round++) {
        const bob = givenUserId('bob');
        const [a, b] = [await chat.device('ann'), await chat.device(bob)];
        const message = givenMessage({receiver: bob});
        expect(await a.send(message)).to.containEql({statusCode: 200});
        await b.receive(message.id);
        const fence = givenMessage({receiver: bob});
        await a.send(fence);
        await b.receive(fence.id);
        expect(b.received).to.have.length(2);
        await chat.app.stop();
        await chat.app.start();
      }
    });

    it("leaves a host's own HTTP server open", async () => {
      const server = createServer((_request, response) => response.end('host'));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      cleanUpAfterTest(() => server.close());
      const {port} = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}`;
      const chat = await givenChatApp({
        before: app => app.bind(ChatServiceBindings.HttpServer).to(server),
      });
      const auth = {token: await givenToken('ann')};
      const device = await connect(givenClient(url, {auth}));
      const end = device.ended();
      await chat.app.stop();
      await end;
      expect(server.listening).to.be.true();
      expect((await new HttpClient(url).get('/')).text).to.equal('host');

      await chat.app.start();
      await connect(givenClient(url, {auth}));
      expect((await new HttpClient(url).get('/')).text).to.equal('host');
    });
  });

  context('when a required setting is missing', () => {
    for (const [name, auth] of [
      ['JWT_SECRET', {secret: undefined}],
      ['JWT_ISSUER', {issuer: undefined}],
    ] as const) {
      it(`stops the start with a line that names ${name}`, async () => {
        givenNoEnv(name);
        const chat = await makeChatApp({config: {auth}});
        const err = await rejection(chat.app.start());
        expect(err.message).to.match(new RegExp(`^.*${name}.*$`));
        // Nothing is left to be reached, and nothing to keep the process.
        expect(chat.app.restServer.listening).to.be.false();
      });
    }
  });

  context('when the secret is short', () => {
    it('warns of it and does not show it', async () => {
      const chat = await givenChatApp({config: {auth: {secret: 'short'}}});
      expect(chat.logger.lines.map(({level}) => level)).to.deepEqual(['warn']);
      expect(chat.logger.text).to.match(/JWT_SECRET.*32/);
      expect(chat.logger.text).to.not.match(/"short"/);
    });
  });

  context('when the config is wrong', () => {
    it('names everything that is wrong by its path', async () => {
      const config = {
        useSequelise: true,
        auth: {secret: ['short'], salt: 1},
        messages: {maxTextLength: 0, maxBatchSize: '5'},
        realtime: {path: 'chat', corsOrigins: '*'},
      };
      const made = makeChatApp({config: config as never});
      const {message} = await rejection(made);
      for (const path of [
        'useSequelise',
        'auth.secret',
        'auth.salt',
        'messages.maxTextLength',
        'messages.maxBatchSize',
        'realtime.path',
        'realtime.corsOrigins',
      ]) {
        expect(message).to.containEql(`${path}:`);
      }
      expect(message).to.not.containEql('short');
    });
  });
});

/** Unsets an environment variable until the test is over. */
function givenNoEnv(name: string): void {
  const before = process.env[name];
  if (before !== undefined) {
    cleanUpAfterTest(() => {
      process.env[name] = before;
    });
  }
  delete process.env[name];
}
