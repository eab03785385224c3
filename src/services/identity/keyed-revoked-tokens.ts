import type {SharedKeys} from '../shared/shared-keys';
import type {RevokedTokens} from '../../repositories';

/** As LoopBack's repositories of keys and values name the ancestor's. */
const PREFIX = '_kvModel:';

/** Keeps revoked tokens among the shared keys, where the ancestor's services find them. */
export class KeyedRevokedTokens implements RevokedTokens {
  constructor(private readonly keys: SharedKeys) {}

  async add(token: string, endsAt: number): Promise<void> {
    const lifetimeMs = Math.ceil(endsAt - Date.now());
    if (lifetimeMs <= 0) return;
    await this.keys.set(`${PREFIX}${token}`, toRow(token), lifetimeMs);
  }

  async among(tokens: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.keys.getMany(tokens.map(token => PREFIX + token));
    return new Set(tokens.filter((_, index) => rows[index] !== undefined));
  }
}

/** `{token}` in MessagePack, as the connector reads and writes it. */
function toRow(token: string): Buffer {
  const head = Buffer.from([0x81, 0xa5, ...Buffer.from('token'), 0xda, 0, 0]);
  head.writeUInt16BE(Buffer.byteLength(token), head.length - 2);
  return Buffer.concat([head, Buffer.from(token)]);
}
