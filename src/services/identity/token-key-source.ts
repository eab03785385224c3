import type {KeyObject} from 'crypto';
import type {AsymmetricAlgorithm, PublicKey} from './public-key';

/** What a token says of its key, which nobody has verified yet. */
export interface KeyHint {
  readonly algorithm: AsymmetricAlgorithm;
  readonly id?: string;
}

/** Keys that it may be, and until when what they verify may be believed. */
export interface FoundKeys {
  readonly keys: readonly KeyObject[];
  /** Milliseconds since the epoch. */
  readonly goodUntil: number;
}

/** Knows public keys of those who make tokens. */
export interface TokenKeySource {
  /**
   * @returns undefined where there is no such key
   * @throws ChatError CHAT_UNAVAILABLE when that cannot be told now
   */
  find(hint: KeyHint): Promise<FoundKeys | undefined>;
}

/** Bounds what a forged token without an id costs. */
const MAX_TRIED = 5;

/** Chooses by algorithm, and by id where both have one. */
export function matching(
  keys: readonly PublicKey[],
  hint: KeyHint,
): KeyObject[] {
  return keys
    .filter(({algorithm}) => algorithm === hint.algorithm)
    .filter(({id}) => !id || !hint.id || id === hint.id)
    .slice(0, MAX_TRIED)
    .map(({key}) => key);
}
