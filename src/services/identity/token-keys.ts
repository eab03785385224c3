import type {KeyObject} from 'crypto';
import type {EntityCrudRepository} from '@loopback/repository';
import type {ResolvedConfig} from '../../config';
import {ChatError} from '../../errors';
import type {JwtKey} from '../../models';
import type {ChatLogger} from '../../types';
import {loadJwks} from './jwks';
import {LoadedKeys} from './loaded-keys';
import {readPublicKey, type PublicKey} from './public-key';
import {matching, type KeyHint, type TokenKeySource} from './token-key-source';

type Auth = ResolvedConfig['auth'];
type JwtKeys = () => Promise<EntityCrudRepository<JwtKey, number>>;

/** Bounds how many keys a token without an id is tried with. */
const MAX_ROWS = 100;

/** Knows the public keys of all the places that the config names. */
export class TokenKeys implements TokenKeySource {
  readonly maxAgeMs: number;
  private readonly sources: readonly TokenKeySource[];

  /** @throws Error that names the key of the config that is wrong */
  constructor(auth: Auth, logger: ChatLogger, jwtKeys?: JwtKeys) {
    const {keys = [], jwks, jwksTimeoutMs, authDb} = auth;
    const own = keys.map(toConfigured);
    const places = [
      ...(jwks
        ? [{name: 'JWKS', load: () => loadJwks(jwks, jwksTimeoutMs)}]
        : []),
      ...(authDb && jwtKeys
        ? [{name: 'AuthDB', load: () => loadRows(jwtKeys)}]
        : []),
    ];
    const pace = {cacheMs: auth.keyCacheMs, cooldownMs: auth.keyCooldownMs};
    this.sources = [
      ...(own.length ? [new ConfiguredKeys(own)] : []),
      ...places.map(place => new LoadedKeys({...place, ...pace}, logger)),
    ];
    this.maxAgeMs = Math.min(...this.sources.map(source => source.maxAgeMs));
  }

  /** Whether there is any place to look for keys. */
  get hasAny(): boolean {
    return this.sources.length > 0;
  }

  /** One that is away holds up no token of another's key. */
  async keysFor(hint: KeyHint): Promise<readonly KeyObject[]> {
    const found = await Promise.allSettled(
      this.sources.map(source => source.keysFor(hint)),
    );
    const keys = found.flatMap(each =>
      each.status === 'fulfilled' ? each.value : [],
    );
    const isAway = found.some(({status}) => status === 'rejected');
    if (!keys.length && isAway) throw new ChatError('CHAT_UNAVAILABLE');
    return keys;
  }
}

class ConfiguredKeys implements TokenKeySource {
  readonly maxAgeMs = Infinity;

  constructor(private readonly keys: readonly PublicKey[]) {}

  async keysFor(hint: KeyHint): Promise<readonly KeyObject[]> {
    return matching(this.keys, hint);
  }
}

function toConfigured(key: string | object, index: number): PublicKey {
  try {
    return readPublicKey(key);
  } catch (err) {
    throw new Error(`auth.keys.${index}: ${(err as Error).message}`);
  }
}

/** The newest first: who signs uses no other. */
async function loadRows(jwtKeys: JwtKeys): Promise<PublicKey[]> {
  const repository = await jwtKeys();
  const rows = await repository.find({order: ['id DESC'], limit: MAX_ROWS});
  return rows.flatMap(({publicKey, keyId}) => {
    try {
      return [readPublicKey(publicKey, keyId)];
    } catch {
      // Another service's key, of a kind that we have no use for.
      return [];
    }
  });
}
