import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {juggler} from '@loopback/repository';
import {ChatInternalBindings} from '../../keys';
import {DataSourceRevokedTokens, type RevokedTokens} from '../../repositories';
import {MemoryKeys} from '../shared/memory-keys';
import type {SharedKeys} from '../shared/shared-keys';
import {KeyedRevokedTokens} from './keyed-revoked-tokens';

/** Bounds the memory; a token is known for the rest of its life, unless more come. */
const MAX_IN_MEMORY = 100_000;

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
    return new KeyedRevokedTokens(this.redis ?? new MemoryKeys(MAX_IN_MEMORY));
  }
}
