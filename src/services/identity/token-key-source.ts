import type {KeyObject} from 'crypto';
import type {AsymmetricAlgorithm, PublicKey} from './public-key';

/** What a token says of its key, which nobody has verified yet. */
export interface KeyHint {
  readonly algorithm: AsymmetricAlgorithm;
  readonly id?: string;
}

/** Knows public keys of those who make tokens. */
export interface TokenKeySource {
  /** How long what was verified by its keys may be believed, in milliseconds. */
  readonly maxAgeMs: number;
  /**
   * @returns the keys that it may be; none where there is no such key
   * @throws ChatError CHAT_UNAVAILABLE when that cannot be told now
   */
  keysFor(hint: KeyHint): Promise<readonly KeyObject[]>;
}

/** Chooses by algorithm, and by id where both have one. */
export function matching(
  keys: readonly PublicKey[],
  hint: KeyHint,
): KeyObject[] {
  return keys
    .filter(({algorithm}) => algorithm === hint.algorithm)
    .filter(({id}) => !id || !hint.id || id === hint.id)
    .map(({key}) => key);
}
