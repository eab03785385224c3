import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import type {ChatEnv} from '../env';
import {ChatInternalBindings} from '../keys';
import type {RedisKeys} from './redis-keys';
import {redisSettings} from './redis-options';

/** Gives Redis, where config or environment name one. */
@injectable({scope: BindingScope.SINGLETON})
export class RedisKeysProvider implements Provider<RedisKeys | undefined> {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatInternalBindings.Env) private readonly env: ChatEnv,
  ) {}

  /** @throws Error that names the setting that is wrong */
  async value(): Promise<RedisKeys | undefined> {
    const settings = redisSettings(this.config, this.env);
    if (!settings) return undefined;
    // Whoever has none need not load the client either.
    const {RedisKeys: Keys} = await import('./redis-keys');
    return new Keys(settings);
  }
}
