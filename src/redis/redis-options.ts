import {readFileSync} from 'fs';
import type {RedisOptions} from 'ioredis';
import type {ResolvedConfig} from '../config';
import type {ChatEnv} from '../env';

/** Commands fail at once while it is away: nothing of the chat waits for it. */
const PATIENCE: RedisOptions = {
  lazyConnect: true,
  enableOfflineQueue: false,
  connectTimeout: 2000,
  commandTimeout: 1000,
  maxRetriesPerRequest: 0,
  retryStrategy: attempt => Math.min(attempt * 100, 1000),
};
/** What a group of servers is called unless `REDIS_NAME` says otherwise. */
const USUAL_GROUP = 'mymaster';
const ON = ['1', 'true'];

/** What `ioredis` is made with. */
export interface RedisSettings {
  readonly url?: string;
  readonly options: RedisOptions;
}

/**
 * Takes them from the config, else from the environment.
 * @returns undefined where neither names a server
 * @throws Error that names the variable that is wrong
 */
export function redisSettings(
  {redis}: ResolvedConfig,
  {redis: env}: ChatEnv,
): RedisSettings | undefined {
  if (redis) {
    return {url: redis.url, options: {...PATIENCE, ...redis.client}};
  }
  const hasSentinels = ON.includes(env.hasSentinels ?? '');
  if (!env.host && !env.url && !hasSentinels) return undefined;
  const options: RedisOptions = {
    ...PATIENCE,
    ...(env.host && {host: env.host}),
    ...(env.port && {port: toNumber('REDIS_PORT', env.port)}),
    ...(env.password && {password: env.password}),
    ...(env.database && {db: toNumber('REDIS_DATABASE', env.database)}),
    ...(ON.includes(env.tlsEnabled ?? '') && {tls: toTls(env.tlsCert)}),
    ...(hasSentinels && toSentinels(env)),
  };
  return {url: env.url, options};
}

function toNumber(name: string, text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new Error(`${name} must be a number.`);
  return Number(text);
}

/** @param file - with the certificates that its server's is signed by */
function toTls(file: string | undefined): RedisOptions['tls'] {
  if (!file) return {};
  try {
    return {ca: readFileSync(file)};
  } catch (err) {
    throw new Error('REDIS_TLS_CERT cannot be read.', {cause: err});
  }
}

function toSentinels(env: ChatEnv['redis']): RedisOptions {
  const {sentinelHost: host, sentinelPort: port, sentinelRole: role} = env;
  const sentinels = env.sentinels
    ? parsedSentinels(env.sentinels)
    : [{host, port: port ? toNumber('REDIS_SENTINEL_PORT', port) : undefined}];
  if (role && role !== 'master' && role !== 'slave') {
    throw new Error('REDIS_SENTINEL_ROLE must be master or slave.');
  }
  return {
    sentinels,
    name: env.name ?? USUAL_GROUP,
    ...(role && {role: role === 'slave' ? 'slave' : 'master'}),
    ...(env.sentinelPassword && {sentinelPassword: env.sentinelPassword}),
  };
}

function parsedSentinels(text: string): {host?: string; port?: number}[] {
  const problem = 'REDIS_SENTINELS must be a list of hosts and ports in JSON.';
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.length) return list;
  } catch (err) {
    throw new Error(problem, {cause: err});
  }
  throw new Error(problem);
}
