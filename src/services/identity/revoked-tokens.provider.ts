import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {juggler} from '@loopback/repository';
import {ChatInternalBindings} from '../../keys';
import {DataSourceRevokedTokens, type RevokedTokens} from '../../repositories';
import type {SharedKeys} from '../shared/shared-keys';
import {KeyedRevokedTokens} from './keyed-revoked-tokens';
import {MemoryRevokedTokens} from './memory-revoked-tokens';

/**
 * Keeps revoked tokens where the host's other services do: in its data source
 * `AuthCache`, else in Redis. With neither they are this process's own.
 */
@injectable({scope: BindingScope.SINGLETON})
export class RevokedTokensProvider implements Provider<RevokedTokens> {
  constructor(
    @inject('datasources.AuthCache', {optional: true})
    private readonly authCache?: juggler.DataSource,
    @inject(ChatInternalBindings.RedisKeys, {optional: true})
    private readonly redis?: SharedKeys,
  ) {}

  value(): RevokedTokens {
    if (this.authCache) return new DataSourceRevokedTokens(this.authCache);
    if (this.redis) return new KeyedRevokedTokens(this.redis);
    return new MemoryRevokedTokens();
  }
}
