import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {ChatServiceConfig} from '../../config';
import {readEnv} from '../../env';
import {RedisKeys} from '../../redis/redis-keys';
import {redisSettings} from '../../redis/redis-options';
import {resolveConfig} from '../../resolve-config';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {noteSecret} from '../fixtures/traces';
import {
  givenRedisServer,
  givenSentinel,
  givenTlsRedis,
  NO_REDIS_SERVER,
} from '../fixtures/redis-server';

type Variables = Record<string, string | number>;

const HOST = '127.0.0.1';
const GROUP = 'chat';

/** As the component has them when the environment is this. */
function settingsOf(variables: Variables, config: ChatServiceConfig = {}) {
  for (const [name, value] of Object.entries(variables)) {
    process.env[name] = `${value}`;
    cleanUpAfterTest(() => {
      delete process.env[name];
    });
  }
  return redisSettings(resolveConfig(config), readEnv());
}

async function expectToShare(
  variables: Variables,
  config?: ChatServiceConfig,
): Promise<void> {
  const settings = settingsOf(variables, config);
  if (!settings) throw new Error('No Redis is named.');
  const keys = new RedisKeys(settings);
  cleanUpAfterTest(() => keys.close());
  await keys.connect();
  const key = randomUUID();
  await keys.set(key, 'shared', 10_000);
  expect(await keys.getMany([key, 'none'])).to.deepEqual(['shared', undefined]);
}

describe('A connection to Redis by the environment', () => {
  if (NO_REDIS_SERVER) {
    it(NO_REDIS_SERVER);
    return;
  }
  const password = randomUUID();
  const locked = ['--requirepass', password];

  before(() => noteSecret('a password', password));

  it('is made by host, port, password and database', async () => {
    const REDIS_PORT = await givenRedisServer(locked);
    await expectToShare({
      ...{REDIS_HOST: HOST, REDIS_PORT, REDIS_PASSWORD: password},
      REDIS_DATABASE: 3,
    });
  });

  it('is made by an address', async () => {
    const port = await givenRedisServer(locked);
    await expectToShare({REDIS_URL: `redis://:${password}@${HOST}:${port}/2`});
  });

  it('is made as the config says, whatever the environment says', async () => {
    const port = await givenRedisServer([]);
    const redis = {client: {host: HOST, port}};
    await expectToShare({REDIS_HOST: HOST, REDIS_PORT: 1}, {redis});
    await expectToShare({}, {redis: {url: `redis://${HOST}:${port}`}});
  });

  it('is made by TLS, to one whose certificate is known', async () => {
    const {port: REDIS_PORT, cert} = await givenTlsRedis();
    const variables = {REDIS_HOST: HOST, REDIS_PORT, REDIS_TLS_ENABLED: 1};
    await expectToShare({...variables, REDIS_TLS_CERT: cert});
    await expect(
      expectToShare({...variables, REDIS_TLS_CERT: ''}),
    ).to.be.rejected();
  });

  it('holds nobody up where no sentinel answers', async () => {
    const settings = settingsOf({
      ...{REDIS_HAS_SENTINELS: 1, REDIS_SENTINEL_HOST: HOST},
      REDIS_SENTINEL_PORT: 1,
    });
    if (!settings) throw new Error('No Redis is named.');
    const keys = new RedisKeys(settings);
    await keys.connect();
    await expect(keys.getMany(['any'])).to.be.rejected();
    keys.close();
  });

  it('is made to the server that a sentinel names', async () => {
    const sentinel = await givenSentinel(GROUP, await givenRedisServer([]));
    const common = {REDIS_HAS_SENTINELS: 1, REDIS_NAME: GROUP};
    await expectToShare({
      ...{...common, REDIS_SENTINEL_ROLE: 'master'},
      REDIS_SENTINELS: JSON.stringify([{host: HOST, port: sentinel}]),
    });
    await expectToShare({
      ...{...common, REDIS_SENTINELS: ''},
      ...{REDIS_SENTINEL_HOST: HOST, REDIS_SENTINEL_PORT: sentinel},
    });
  });
});

describe('What the environment says of Redis', () => {
  it('may be nothing', () => {
    expect(settingsOf({})).to.be.undefined();
    expect(settingsOf({REDIS_PORT: 6379})).to.be.undefined();
  });

  const wrong: [string, Variables][] = [
    ['REDIS_PORT', {REDIS_HOST: HOST, REDIS_PORT: 'many'}],
    ['REDIS_DATABASE', {REDIS_HOST: HOST, REDIS_DATABASE: -1}],
    [
      'REDIS_TLS_CERT',
      {REDIS_HOST: HOST, REDIS_TLS_ENABLED: 1, REDIS_TLS_CERT: '/nowhere'},
    ],
    ...['', '{}', '[]', '[{'].map((text): [string, Variables] => [
      text ? 'REDIS_SENTINELS' : 'REDIS_SENTINEL_PORT',
      {
        ...{REDIS_HAS_SENTINELS: 'true', REDIS_SENTINELS: text},
        REDIS_SENTINEL_PORT: 'x',
      },
    ]),
    [
      'REDIS_SENTINEL_ROLE',
      {REDIS_HAS_SENTINELS: 1, REDIS_SENTINEL_ROLE: 'any'},
    ],
  ];
  for (const [name, variables] of wrong) {
    it(`is refused by its name: ${JSON.stringify(variables)}`, () => {
      expect(() => settingsOf(variables)).to.throw(new RegExp(name));
    });
  }
});
