import {createPublicKey, type JsonWebKey, type KeyObject} from 'crypto';

/** What a token may be signed with besides a secret. */
export type AsymmetricAlgorithm = 'RS256' | 'ES256' | 'EdDSA';

/** A key, and the one algorithm that it is for. */
export interface PublicKey {
  readonly id?: string;
  readonly algorithm: AsymmetricAlgorithm;
  readonly key: KeyObject;
}

/** Smaller ones are broken with some money; RFC 7518, section 3.3. */
const MIN_RSA_BITS = 2048;

/**
 * Reads a public key: the text of a PEM, or a JWK.
 * @param id - of a PEM, which has none of its own
 * @throws Error that says what is wrong, without the key
 */
export function readPublicKey(source: string | object, id?: string): PublicKey {
  if (typeof source === 'string') return toPublicKey(fromPem(source), id);
  const jwk = source as JsonWebKey & {kid?: unknown; use?: unknown};
  if (jwk.d !== undefined) throw new Error('is a private key');
  if ((jwk.use ?? 'sig') !== 'sig') throw new Error('is not for signatures');
  const known = toPublicKey(fromJwk(jwk), toId(jwk.kid));
  if ((jwk.alg ?? known.algorithm) !== known.algorithm) {
    throw new Error('is for another algorithm');
  }
  return known;
}

function fromPem(text: string): KeyObject {
  // Node.js would make the public key of it; the other does not belong here.
  if (text.includes('PRIVATE KEY')) throw new Error('is a private key');
  return attempt(() => createPublicKey(text));
}

function fromJwk(jwk: JsonWebKey): KeyObject {
  return attempt(() => createPublicKey({key: jwk, format: 'jwk'}));
}

/** What Node.js says of a key may show parts of it. */
function attempt(make: () => KeyObject): KeyObject {
  try {
    return make();
  } catch {
    throw new Error('cannot be read');
  }
}

function toPublicKey(key: KeyObject, id?: string): PublicKey {
  const {modulusLength = 0, namedCurve} = key.asymmetricKeyDetails ?? {};
  const type = key.asymmetricKeyType;
  if (type === 'rsa') {
    if (modulusLength >= MIN_RSA_BITS) return {id, key, algorithm: 'RS256'};
    throw new Error(`has fewer than ${MIN_RSA_BITS} bits`);
  }
  if (type === 'ed25519') return {id, key, algorithm: 'EdDSA'};
  if (type === 'ec' && namedCurve === 'prime256v1') {
    return {id, key, algorithm: 'ES256'};
  }
  throw new Error('is of no kind that RS256, ES256 or EdDSA has');
}

function toId(kid: unknown): string | undefined {
  return typeof kid === 'string' ? kid : undefined;
}
