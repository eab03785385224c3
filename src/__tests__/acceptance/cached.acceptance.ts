import {authenticate} from '@loopback/authentication';
import {inject, intercept} from '@loopback/core';
import {get, param, post} from '@loopback/rest';
import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {authorize} from 'loopback4-authorization';
import {CHAT_AUTH_STRATEGY, ChatServiceBindings} from '../../keys';
import {cached} from '../../rest/cached';
import type {SharedCache} from '../../services';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {describeWithRedis} from '../fixtures/redis';
import {givenProxyOf} from '../fixtures/tcp-proxy';

/** What the host of these tests keeps, on all nodes. */
const prices = new Map<string, number>();
let asked = 0;

/** A host's own operations. */
@authenticate(CHAT_AUTH_STRATEGY)
@intercept(ChatServiceBindings.Access)
class PriceController {
  constructor(
    @inject(ChatServiceBindings.Cache) private readonly cache: SharedCache,
  ) {}

  @authorize({permissions: ['ViewMessage']})
  @cached({ttlMs: 60_000, key: (id: string) => `price:${id}`})
  @get('/prices/{id}')
  async find(@param.path.string('id') id: string): Promise<object> {
    asked++;
    return {price: prices.get(id) ?? 0};
  }

  @authorize({permissions: ['ViewMessage']})
  @cached({ttlMs: 60_000})
  @post('/prices/{id}')
  async raise(@param.path.string('id') id: string): Promise<object> {
    prices.set(id, (prices.get(id) ?? 0) + 1);
    await this.cache.empty(`price:${id}`);
    return {price: prices.get(id)};
  }
}

/** A host's own operation that asks for no token. */
class OpenController {
  @cached({ttlMs: 60_000})
  @get('/open')
  async find(): Promise<object> {
    asked++;
    return {};
  }
}

const after = (app: ChatApp['app']) => void app.controller(PriceController);

describe('A cached operation', () => {
  let chat: ChatApp;
  let path: string;

  beforeEach(async () => {
    chat = await givenChatApp({after});
    path = `/prices/${randomUUID()}`;
    asked = 0;
  });

  const ask = async (
    user: string,
    query = '',
    permissions: string[] = ['ViewMessage'],
  ) => {
    const client = await chat.http(user, {claims: {permissions}});
    return (await client.get<object>(path + query)).body;
  };

  it('is made once for each user, query, and set of permissions', async () => {
    for (let round = 0; round < 3; round++) {
      await ask('ann');
      await ask('bob');
      await ask('ann', '?currency=EUR');
      await ask('ann', '', ['ViewMessage', 'CreateMessage']);
    }
    expect(asked).to.equal(4);
  });

  it('is made anew after a write that touches it', async () => {
    const client = await chat.http('ann');
    expect(await ask('ann')).to.deepEqual({price: 0});
    await client.post(path, {});
    expect(await ask('ann')).to.deepEqual({price: 1});
  });

  it('asks for the token first, each time', async () => {
    await ask('ann');
    for (const user of [undefined, 'ann']) {
      const client = await chat.http(user, {secret: 'x'.repeat(32)});
      expect((await client.get(path)).status).to.equal(401);
    }
  });

  it('is made each time for whoever is nobody', async () => {
    const open = await givenChatApp({
      after: app => void app.controller(OpenController),
    });
    const client = await open.http();
    for (let times = 1; times <= 2; times++) {
      expect((await client.get('/open')).status).to.equal(200);
      expect(asked).to.equal(times);
    }
  });

  it('is made for each tenant, whose users may have the same ids', async () => {
    const config = {auth: {claims: {tenant: 'tenant'}}};
    const shared = await givenChatApp({config, after});
    for (const tenant of ['red', 'blue', 'red']) {
      const claims = {permissions: ['ViewMessage'], tenant};
      const client = await shared.http('ann', {claims});
      expect((await client.get(path)).status).to.equal(200);
    }
    expect(asked).to.equal(2);
  });

  it('is no operation that writes', async () => {
    const client = await chat.http('ann');
    for (const price of [1, 2, 3]) {
      expect((await client.post<object>(path, {})).body).to.eql({price});
    }
  });
});

describeWithRedis('A cached operation of two nodes', redis => {
  it('is emptied on both by a write on one', async () => {
    const config = {redis: {client: redis}};
    const [here, there] = [
      await givenChatApp({config, after}),
      await givenChatApp({config, after}),
    ];
    const path = `/prices/${randomUUID()}`;
    const clients = [await here.http('ann'), await there.http('ann')];
    asked = 0;
    for (const client of clients) await client.get(path);
    expect(asked).to.equal(1);
    await clients[0].post(path, {});
    for (const client of clients) {
      expect((await client.get<object>(path)).body).to.deepEqual({price: 1});
    }
    expect(asked).to.equal(2);
  });

  for (const way of ['goDown', 'stall'] as const) {
    it(`is answered without Redis, and by it again: ${way}`, async () => {
      const proxy = await givenProxyOf(redis);
      const config = {redis: {client: proxy.address}};
      const chat = await givenChatApp({config, after});
      const client = await chat.http('ann');
      const path = `/prices/${randomUUID()}`;
      await client.get(path);
      proxy[way]();
      await client.post(path, {});
      for (let round = 0; round < 2; round++) {
        const {body} = await client.get<object>(path);
        expect(body).to.deepEqual({price: 1});
      }
      proxy.comeBack();
      asked = 0;
      // Whether it is there again, only it can tell.
      while (!/Reachable again.*cache/.test(chat.logger.text)) {
        const {body} = await client.get<object>(path);
        expect(body).to.deepEqual({price: 1});
      }
      const {body} = await client.get<object>(path);
      expect(body).to.deepEqual({price: 1});
    });
  }
});
