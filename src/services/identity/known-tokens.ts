import type {Claims} from './chat-user';

/** Bounds the memory: a token is up to `auth.maxTokenLength` characters. */
const MAX_TOKENS = 5000;

interface KnownToken {
  /** As JSON: each caller gets claims of its own, and may change them. */
  readonly claims: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/**
 * Remembers what tokens say that were found valid; the ones used last are
 * kept. Nothing is remembered of a token that was refused, so that rubbish
 * takes no room. Tokens are compared whole.
 */
export class KnownTokens {
  private readonly tokens = new Map<string, KnownToken>();

  constructor(private readonly maxTokens = MAX_TOKENS) {}

  /** @returns undefined when the token is not known, or has ended since */
  claimsOf(token: string, now = Date.now()): Claims | undefined {
    const known = this.tokens.get(token);
    if (!known) return undefined;
    this.tokens.delete(token);
    if (known.endsAt <= now) return undefined;
    this.tokens.set(token, known);
    return JSON.parse(known.claims);
  }

  /** @param endsAt - when it stops being valid, in milliseconds since the epoch */
  add(token: string, claims: Claims, endsAt: number): void {
    this.tokens.set(token, {claims: JSON.stringify(claims), endsAt});
    if (this.tokens.size <= this.maxTokens) return;
    const [oldest] = this.tokens.keys();
    this.tokens.delete(oldest);
  }
}
