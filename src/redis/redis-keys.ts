import Redis from 'ioredis';
import {within, type SharedKeys} from '../services';
import type {RedisSettings} from './redis-options';

/** Longer nobody waits for it to serve others. */
const START_TIMEOUT_MS = 2000;

/** Shares by Redis; whoever asks while it is away is told so at once. */
export class RedisKeys implements SharedKeys {
  private readonly redis: Redis;

  constructor({url, options}: RedisSettings) {
    this.redis = url ? new Redis(url, options) : new Redis(options);
    // Each command fails too; without a listener `ioredis` would print.
    this.redis.on('error', () => undefined);
  }

  /** Resolves when it answers, or has not for two seconds: it is tried on. */
  async connect(): Promise<void> {
    await within(START_TIMEOUT_MS, this.redis.connect()).catch(() => undefined);
  }

  async getMany(keys: readonly string[]): Promise<(string | undefined)[]> {
    if (!keys.length) return [];
    const values = await this.redis.mget([...keys]);
    return values.map(value => value ?? undefined);
  }

  async set(
    key: string,
    value: string | Buffer,
    lifetimeMs: number,
  ): Promise<void> {
    await this.redis.set(key, value, 'PX', lifetimeMs);
  }

  /** Ends the connection; commands underway fail. */
  close(): void {
    this.redis.disconnect();
  }
}
