import {BindingScope, inject, injectable} from '@loopback/core';
import {toNetwork} from 'loopback4-chat';

/** Failures of an address at one account, before it waits. */
const MAX_FAILURES_AT_ACCOUNT = 10;
/** Failures of an address at all accounts: one password tried on many. */
const MAX_FAILURES_OF_ADDRESS = 100;
const WINDOW_MS = 15 * 60 * 1000;
/** Bounds the memory; the oldest are forgotten first. */
const MAX_COUNTED = 10_000;

interface Count {
  failures: number;
  readonly endsAt: number;
}

/** An attempt that may go on. */
export interface LoginAttempt {
  /** Forgives the failures of this address at this account. */
  succeed(): void;
  /** Takes the attempt back, where the password could not be checked. */
  cancel(): void;
}

/**
 * Slows down the guessing of passwords. An account is counted for each address
 * apart, so that nobody can lock its owner out from elsewhere.
 */
@injectable({scope: BindingScope.SINGLETON})
export class LoginThrottle {
  private readonly addresses = new Map<string, Count>();
  private readonly pairs = new Map<string, Count>();

  /** @param now - the time in ms; tests set it */
  constructor(
    @inject('accounts.now', {optional: true})
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Counts an attempt as failed until it succeeds: many at once count too.
   * @param accountKey - of any account, whether there is one or not
   * @returns the attempt, or the ms to wait
   */
  begin(accountKey: string, address: string): LoginAttempt | number {
    const network = toNetwork(address);
    const pair = JSON.stringify([network, accountKey]);
    const waitMs =
      this.waitMs(this.addresses, network, MAX_FAILURES_OF_ADDRESS) ||
      this.waitMs(this.pairs, pair, MAX_FAILURES_AT_ACCOUNT);
    if (waitMs) return waitMs;
    const ofAddress = this.count(this.addresses, network);
    const atAccount = this.count(this.pairs, pair);
    return {
      succeed: () => {
        // Only the attempt itself: own logins must not pay for guesses at others.
        ofAddress.failures--;
        this.pairs.delete(pair);
      },
      cancel: () => {
        ofAddress.failures--;
        atAccount.failures--;
      },
    };
  }

  private waitMs(
    counts: Map<string, Count>,
    key: string,
    limit: number,
  ): number {
    const count = counts.get(key);
    if (!count) return 0;
    const leftMs = count.endsAt - this.now();
    if (leftMs <= 0) counts.delete(key);
    return leftMs > 0 && count.failures >= limit ? leftMs : 0;
  }

  private count(counts: Map<string, Count>, key: string): Count {
    const count = counts.get(key) ?? this.newCount(counts, key);
    count.failures++;
    return count;
  }

  private newCount(counts: Map<string, Count>, key: string): Count {
    const [oldest] = counts.keys();
    if (counts.size >= MAX_COUNTED && oldest) counts.delete(oldest);
    const count = {failures: 0, endsAt: this.now() + WINDOW_MS};
    counts.set(key, count);
    return count;
  }
}
