/** Where tokens are kept that were taken back before they expire. */
export interface RevokedTokens {
  /** @param endsAt - when it may be forgotten, in milliseconds since the epoch */
  add(token: string, endsAt: number): Promise<void>;
  /** @returns those of the tokens that were taken back */
  among(tokens: readonly string[]): Promise<ReadonlySet<string>>;
}
