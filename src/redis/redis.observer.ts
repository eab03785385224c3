import {
  BindingScope,
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import {ChatInternalBindings} from '../keys';
import type {RedisKeys} from './redis-keys';

/** The observer's group; nobody is served before it. */
const REDIS_GROUP = 'chat.redis';

/** Connects to Redis before the servers listen, and ends that at last. */
@lifeCycleObserver(REDIS_GROUP, {scope: BindingScope.SINGLETON})
export class RedisObserver implements LifeCycleObserver {
  constructor(
    @inject(ChatInternalBindings.RedisKeys, {optional: true})
    private readonly redis?: RedisKeys,
  ) {}

  async start(): Promise<void> {
    await this.redis?.connect();
  }

  stop(): void {
    this.redis?.close();
  }
}
