import type {EntityCrudRepository} from '@loopback/repository';
import type {ResolvedConfig} from '../../config';
import type {JwtKey} from '../../models';
import type {ChatLogger} from '../../types';
import {loadJwks} from './jwks';
import {LoadedKeys} from './loaded-keys';
import {readPublicKey, type PublicKey} from './public-key';
import {
  matching,
  type FoundKeys,
  type KeyHint,
  type TokenKeySource,
} from './token-key-source';

type Auth = ResolvedConfig['auth'];
type JwtKeys = () => Promise<EntityCrudRepository<JwtKey, number>>;

/** Bounds how many keys a token without an id is tried with. */
const MAX_ROWS = 100;

/** Knows the public keys of all the places that the config names. */
export class TokenKeys implements TokenKeySource {
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
  }

  /** Whether there is any place to look for keys. */
  get hasAny(): boolean {
    return this.sources.length > 0;
  }

  /** Asks one place after the other; one that is away ends no search. */
  async find(hint: KeyHint): Promise<FoundKeys | undefined> {
    let fault: unknown;
    for (const source of this.sources) {
      try {
        const found = await source.find(hint);
        if (found) return found;
      } catch (err) {
        fault = err;
      }
    }
    if (fault) throw fault;
    return undefined;
  }
}

class ConfiguredKeys implements TokenKeySource {
  constructor(private readonly known: readonly PublicKey[]) {}

  async find(hint: KeyHint): Promise<FoundKeys | undefined> {
    const keys = matching(this.known, hint);
    return keys.length ? {keys, goodUntil: Infinity} : undefined;
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
