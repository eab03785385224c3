import type {ValueOrPromise} from '@loopback/core';

/** Where tokens are kept that were taken back before they expire. */
export interface RevokedTokens {
  /** @param endsAt - when it may be forgotten, in milliseconds since the epoch */
  add(token: string, endsAt: number): ValueOrPromise<void>;
  /** @returns those of the tokens, 500 at most, that were taken back */
  among(tokens: readonly string[]): ValueOrPromise<ReadonlySet<string>>;
}
