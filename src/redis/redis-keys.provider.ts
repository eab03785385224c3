import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import type {ChatEnv} from '../env';
import {ChatInternalBindings} from '../keys';
import {RedisKeys} from './redis-keys';
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
  value(): RedisKeys | undefined {
    const settings = redisSettings(this.config, this.env);
    return settings && new RedisKeys(settings);
  }
}
