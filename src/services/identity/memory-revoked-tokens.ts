import type {RevokedTokens} from '../../repositories';

/** Bounds the memory; of those that are live the oldest are forgotten first. */
const MAX_TOKENS = 100_000;

/** Keeps revoked tokens in this process: for a chat of one node, until it ends. */
export class MemoryRevokedTokens implements RevokedTokens {
  /** Token → when it may be forgotten, in milliseconds since the epoch. */
  private readonly endings = new Map<string, number>();

  add(token: string, endsAt: number): void {
    if (this.endings.size >= MAX_TOKENS) this.makeRoom();
    this.endings.set(token, endsAt);
  }

  among(tokens: readonly string[]): ReadonlySet<string> {
    return new Set(tokens.filter(token => this.endings.has(token)));
  }

  private makeRoom(): void {
    const now = Date.now();
    for (const [token, endsAt] of this.endings) {
      if (endsAt <= now) this.endings.delete(token);
    }
    const [oldest] = this.endings.keys();
    if (this.endings.size >= MAX_TOKENS) this.endings.delete(oldest);
  }
}
