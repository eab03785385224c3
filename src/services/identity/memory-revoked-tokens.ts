import type {RevokedTokens} from '../../repositories';

/** Bounds the memory; the oldest are forgotten first. */
const MAX_TOKENS = 100_000;

/** Keeps revoked tokens in this process: for a chat of one node, until it ends. */
export class MemoryRevokedTokens implements RevokedTokens {
  /** Token → when it may be forgotten, in milliseconds since the epoch. */
  private readonly endings = new Map<string, number>();

  add(token: string, endsAt: number): void {
    this.forgetExpired();
    this.endings.set(token, endsAt);
  }

  among(tokens: readonly string[]): ReadonlySet<string> {
    return new Set(tokens.filter(token => this.endings.has(token)));
  }

  /** Those that were added first expire first, about. */
  private forgetExpired(): void {
    const now = Date.now();
    for (const [token, endsAt] of this.endings) {
      if (endsAt > now && this.endings.size < MAX_TOKENS) return;
      this.endings.delete(token);
    }
  }
}
