import {
  DefaultKeyValueRepository,
  type juggler,
  type KeyValueRepository,
} from '@loopback/repository';
import {RevokedToken} from '../../models';
import type {RevokedTokens} from './revoked-tokens';

/** Keeps revoked tokens in a data source of keys and values, as the ancestor does. */
export class DataSourceRevokedTokens implements RevokedTokens {
  private readonly tokens: KeyValueRepository<RevokedToken>;

  constructor(dataSource: juggler.DataSource) {
    this.tokens = new DefaultKeyValueRepository(RevokedToken, dataSource);
  }

  async add(token: string, endsAt: number): Promise<void> {
    const ttl = Math.ceil(endsAt - Date.now());
    if (ttl > 0) await this.tokens.set(token, new RevokedToken({token}), {ttl});
  }

  async among(tokens: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await Promise.all(tokens.map(token => this.tokens.get(token)));
    return new Set(tokens.filter((_, index) => rows[index]));
  }
}
