import type {SharedKeys} from '../shared/shared-keys';
import type {RevokedTokens} from '../../repositories';

/** As LoopBack's repositories of keys and values name the ancestor's. */
const PREFIX = '_kvModel:';
/** Bounds one question, in tokens. */
const MAX_ASKED = 500;

/** Keeps revoked tokens among the shared keys, where the ancestor's services find them. */
export class KeyedRevokedTokens implements RevokedTokens {
  constructor(private readonly keys: SharedKeys) {}

  async add(token: string, endsAt: number): Promise<void> {
    const lifetimeMs = Math.ceil(endsAt - Date.now());
    if (lifetimeMs <= 0) return;
    await this.keys.set(`${PREFIX}${token}`, toRow(token), lifetimeMs);
  }

  async among(tokens: readonly string[]): Promise<ReadonlySet<string>> {
    const revoked = new Set<string>();
    for (let start = 0; start < tokens.length; start += MAX_ASKED) {
      const asked = tokens.slice(start, start + MAX_ASKED);
      const rows = await this.keys.getMany(asked.map(one => PREFIX + one));
      asked.forEach((token, index) => {
        if (rows[index] !== undefined) revoked.add(token);
      });
    }
    return revoked;
  }
}

/** `{token}` in MessagePack, as the connector reads and writes it. */
function toRow(token: string): Buffer {
  const head = Buffer.from([0x81, 0xa5, ...Buffer.from('token'), 0xda, 0, 0]);
  head.writeUInt16BE(Buffer.byteLength(token), head.length - 2);
  return Buffer.concat([head, Buffer.from(token)]);
}
