import {backoffMs, delay, type BackoffLimits} from './backoff';

/** Waits between the attempts at one thing, longer from failure to failure. */
export class RetryWait {
  private wait = new AbortController();
  private failed = 0;

  constructor(private readonly limits: BackoffLimits) {}

  /**
   * Counts an attempt and waits, unless it went well or failed for the first time.
   * @param leastMs - how long to wait at least after a failure
   */
  async after(isGood: boolean, leastMs = 0): Promise<void> {
    this.failed = isGood ? 0 : this.failed + 1;
    if (isGood) return;
    const isFirst = this.failed === 1;
    const waitMs = isFirst ? 0 : backoffMs(this.failed - 2, this.limits);
    await delay(Math.max(waitMs, leastMs), this.wait.signal);
  }

  /** Ends the wait, and forgets what failed. */
  reset(): void {
    this.failed = 0;
    this.wait.abort();
    this.wait = new AbortController();
  }
}
