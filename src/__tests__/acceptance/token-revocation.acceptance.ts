import {randomUUID} from 'crypto';
import {expect} from '@loopback/testlab';
import {juggler} from '@loopback/repository';
import {once} from 'events';
import {ChatServiceBindings} from '../../keys';
import {
  givenChatApp,
  type ChatApp,
  type ChatAppOptions,
} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {connect, givenClient, refusal} from '../fixtures/device';
import {HttpClient} from '../fixtures/http-client';
import {describeWithRedis, REDIS, type RedisAddress} from '../fixtures/redis';
import {givenProxyOf} from '../fixtures/tcp-proxy';
import {givenToken} from '../fixtures/token';

const UNAUTHENTICATED = {statusCode: 401, code: 'CHAT_UNAUTHENTICATED'};

/** Where nodes keep revoked tokens. */
const PLACES: Record<string, (redis: RedisAddress) => ChatAppOptions> = {
  Redis: client => ({config: {redis: {client}}}),
  'the data source AuthCache': redis => ({
    before: app => {
      const settings = {name: 'AuthCache', connector: 'kv-redis', ...redis};
      app.bind('datasources.AuthCache').toDynamicValue(() => {
        const dataSource = new juggler.DataSource(settings);
        cleanUpAfterTest(() => dataSource.disconnect());
        return dataSource;
      });
    },
  }),
};

/** Two of one second are the same otherwise. */
const givenOwnToken = () => givenToken('ann', {claims: {jti: randomUUID()}});
const revoke = async ({app}: ChatApp, token: string) =>
  (await app.get(ChatServiceBindings.TokenService)).revoke(token);
const list = (chat: ChatApp, token: string) =>
  new HttpClient(chat.url, token).get<object>('/messages');

async function expectRefused(chat: ChatApp, token: string): Promise<void> {
  const {status, body} = await list(chat, token);
  expect([status, body]).to.containDeep([401, {error: UNAUTHENTICATED}]);
  const {data} = await refusal(givenClient(chat.url, {auth: {token}}));
  expect(data).to.containEql(UNAUTHENTICATED);
}

describe('A revoked token', () => {
  it('is refused from then on, and ends its connections only', async () => {
    const chat = await givenChatApp();
    const [token, other] = [await givenOwnToken(), await givenOwnToken()];
    const [ended, kept] = [
      await chat.device('ann', {token}),
      await chat.device('ann', {token: other}),
    ];
    await revoke(chat, token);
    await ended.ended();
    await expectRefused(chat, token);
    expect((await list(chat, other)).status).to.equal(200);
    expect(kept.socket.connected).to.be.true();
  });

  it('cannot be revoked again, nor can one that is not valid', async () => {
    const chat = await givenChatApp();
    const token = await givenOwnToken();
    await revoke(chat, token);
    const foreign = await givenToken('ann', {secret: 'x'.repeat(32)});
    for (const wrong of [token, foreign, '', 'no token']) {
      await expect(revoke(chat, wrong)).to.be.rejectedWith({statusCode: 401});
    }
  });

  it('is revoked once by two at the same time', async () => {
    const chat = await givenChatApp();
    const token = await givenOwnToken();
    await Promise.allSettled([revoke(chat, token), revoke(chat, token)]);
    await expectRefused(chat, token);
  });

  it('is not taken up again by a connection that it had', async () => {
    const chat = await givenChatApp();
    const token = await givenOwnToken();
    const client = givenClient(chat.url, {auth: {token}, reconnection: true});
    await connect(client);
    client.io.engine.close();
    await revoke(chat, token);
    const [err] = await once(client as never, 'connect_error');
    expect(err.data).to.containEql(UNAUTHENTICATED);
  });

  it('leaves a connection that has another token since', async () => {
    const chat = await givenChatApp();
    const token = await givenOwnToken();
    const {socket} = await chat.device('ann', {token});
    const renewal = {token: await givenOwnToken()};
    const ack = await socket.emitWithAck('on-auth', renewal);
    expect(ack.statusCode).to.equal(200);
    await revoke(chat, token);
    await expectRefused(chat, token);
    expect(socket.connected).to.be.true();
    await revoke(chat, renewal.token);
    await once(socket as never, 'disconnect');
  });

  it('is no new token for a connection', async () => {
    const chat = await givenChatApp();
    const {socket} = await chat.device('ann');
    const token = await givenOwnToken();
    await revoke(chat, token);
    const ack = await socket.emitWithAck('on-auth', {token});
    expect(ack).to.containEql(UNAUTHENTICATED);
    expect(socket.connected).to.be.true();
  });
});

describeWithRedis('A token revoked on one of two nodes', redis => {
  for (const [name, optionsOf] of Object.entries(PLACES)) {
    context(`that share ${name}`, () => {
      it('is refused by the other, and ends its connections there', async () => {
        const here = await givenChatApp(optionsOf(redis));
        const there = await givenChatApp(optionsOf(redis));
        const token = await givenOwnToken();
        const device = await there.device('ann', {token});
        await revoke(here, token);
        expect((await list(there, token)).status).to.equal(401);
        await device.ended();
        await expectRefused(there, token);
      });
    });
  }

  it('is known to whoever keeps them in the other way', async () => {
    const chats = await Promise.all(
      Object.values(PLACES).map(optionsOf => givenChatApp(optionsOf(redis))),
    );
    for (const [here, there] of [chats, [...chats].reverse()]) {
      const token = await givenOwnToken();
      await revoke(here, token);
      await expectRefused(there, token);
      const authCache = new juggler.DataSource({
        connector: 'kv-redis',
        ...redis,
      });
      cleanUpAfterTest(() => authCache.disconnect());
      const {connector} = authCache as unknown as {connector: Connector};
      const row = await new Promise(resolve =>
        connector.get('_kvModel', token, {}, (_, value) => resolve(value)),
      );
      expect(row).to.deepEqual({token});
    }
  });

  it('is forgotten when it has expired', async () => {
    const chat = await givenChatApp(PLACES.Redis(redis));
    const store = await chat.app.get(ChatServiceBindings.RevokedTokens);
    await store.add('long gone', Date.now() - 1);
    expect([...(await store.among(['long gone']))]).to.be.empty();
  });
});

interface Connector {
  get(
    model: string,
    key: string,
    options: object,
    done: (err: unknown, value: unknown) => void,
  ): void;
}

describeWithRedis('Revoked tokens that cannot be looked up', redis => {
  async function given(auth = {}) {
    const proxy = await givenProxyOf(redis);
    const config = {redis: {client: proxy.address}, auth};
    const chat = await givenChatApp({config});
    const known = await givenOwnToken();
    await revoke(chat, known);
    return {proxy, chat, known, token: await givenOwnToken()};
  }

  for (const way of ['goDown', 'stall'] as const) {
    it(`hold nobody up whose token is not known as such: ${way}`, async () => {
      const {proxy, chat, known, token} = await given();
      const device = await chat.device('ann', {token});
      proxy[way]();
      for (let round = 0; round < 3; round++) {
        expect((await list(chat, token)).status).to.equal(200);
        await expectRefused(chat, known);
      }
      expect(device.socket.connected).to.be.true();
      const told = chat.logger.lines.filter(({message}) =>
        message.startsWith('Not reachable'),
      );
      expect(told).to.have.length(1);
      expect(chat.logger.text).to.not.match(new RegExp(token.slice(-20)));
    });
  }

  it('cannot be added to, and the token stays valid', async () => {
    const {proxy, chat, token} = await given();
    proxy.goDown();
    await expect(revoke(chat, token)).to.be.rejectedWith({statusCode: 503});
    expect((await list(chat, token)).status).to.equal(200);
  });

  it('refuse everybody where the config says so', async () => {
    const {proxy, chat, known, token} = await given({refuseUnchecked: true});
    const device = await chat.device('ann', {token});
    proxy.goDown();
    const {status, body} = await list(chat, token);
    expect([status, body]).to.containDeep([503, {error: {statusCode: 503}}]);
    await expectRefused(chat, known);
    const client = givenClient(chat.url, {auth: {token}});
    expect((await refusal(client)).data).to.containEql({statusCode: 503});
    expect(device.socket.connected).to.be.true();
  });

  it('are looked up again when they can be', async () => {
    const {proxy, chat, token} = await given();
    const device = await chat.device('ann', {token});
    proxy.goDown();
    expect((await list(chat, token)).status).to.equal(200);
    const other = await givenChatApp(PLACES.Redis(redis));
    await revoke(other, token);
    proxy.comeBack();
    await device.ended();
    await expectRefused(chat, token);
    expect(chat.logger.text).to.match(/Reachable again/);
  });

  it('do not keep the app from starting or stopping', async () => {
    const {chat, proxy} = await given();
    proxy.goDown();
    await chat.stop();
    await chat.app.start();
    const token = await givenOwnToken();
    expect((await list(chat, token)).status).to.equal(200);
  });
});

describe('The place of revoked tokens', () => {
  it('may be the host’s own', async () => {
    const own = new Set<string>();
    const chat = await givenChatApp({
      before: app =>
        app.bind(ChatServiceBindings.RevokedTokens).to({
          add: async token => void own.add(token),
          among: async tokens => new Set(tokens.filter(one => own.has(one))),
        }),
    });
    const token = await givenOwnToken();
    const device = await chat.device('ann', {token});
    own.add(token);
    await device.ended();
    await expectRefused(chat, token);
    expect(REDIS === undefined || own.size === 1).to.be.true();
  });
});
