/** How much of something is allowed. */
export interface Rate {
  readonly perSecond: number;
  /** How many at once, after a pause. */
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Keys that were quiet are forgotten once there are more than this. */
const MAX_KEYS = 10_000;

/** A token bucket for each key. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly rate: Rate,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns 0 when one more is allowed, else in how many milliseconds it is */
  take(key: string): number {
    const bucket = this.filled(key, this.now());
    const waitMs = this.waitOf(bucket);
    if (!waitMs) bucket.tokens--;
    return waitMs;
  }

  /**
   * The same, and takes none.
   * @param reserved how many may be taken yet, which counts once one has been
   */
  wait(key: string, reserved = 0): number {
    if (!this.buckets.has(key)) return 0;
    const {tokens} = this.filled(key, this.now());
    if (tokens >= this.rate.burst) return 0;
    return this.waitOf({tokens: tokens - reserved});
  }

  /**
   * Takes one that has been, allowed or not: what is too much has to be waited for.
   * @returns 0 when it was allowed, else in how many milliseconds the next one is
   */
  charge(key: string): number {
    const bucket = this.filled(key, this.now());
    const isAllowed = bucket.tokens >= 1;
    bucket.tokens = Math.max(bucket.tokens - 1, -this.rate.burst);
    return isAllowed ? 0 : this.waitOf(bucket);
  }

  private waitOf({tokens}: Pick<Bucket, 'tokens'>): number {
    if (tokens >= 1) return 0;
    return Math.ceil(((1 - tokens) / this.rate.perSecond) * 1000);
  }

  private filled(key: string, at: number): Bucket {
    const {perSecond, burst} = this.rate;
    const known = this.buckets.get(key);
    if (known) {
      const gained = ((at - known.filledAt) / 1000) * perSecond;
      known.tokens = Math.min(burst, known.tokens + Math.max(0, gained));
      known.filledAt = at;
      return known;
    }
    if (this.buckets.size >= MAX_KEYS) this.forgetQuiet(at);
    const bucket = {tokens: burst, filledAt: at};
    this.buckets.set(key, bucket);
    return bucket;
  }

  /** A bucket that is full again says no more than none. */
  private forgetQuiet(at: number): void {
    const {perSecond, burst} = this.rate;
    for (const [key, {tokens, filledAt}] of this.buckets) {
      const filled = tokens + ((at - filledAt) / 1000) * perSecond;
      if (filled >= burst) this.buckets.delete(key);
    }
    // All of them are busy: better to forgive them than to grow.
    if (this.buckets.size >= MAX_KEYS) this.buckets.clear();
  }
}
