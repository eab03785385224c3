import {backoffMs, delay, type BackoffLimits} from './backoff';

/** Waits between the attempts at one thing, longer from failure to failure. */
export class RetryWait {
  private wait = new AbortController();
  private failed = 0;

  constructor(private readonly limits: BackoffLimits) {}

  get failures(): number {
    return this.failed;
  }

  /** Counts an attempt and waits, unless it went well or failed for the first time. */
  async after(isGood: boolean): Promise<void> {
    this.failed = isGood ? 0 : this.failed + 1;
    if (this.failed < 2) return;
    const waitMs = backoffMs(this.failed - 2, this.limits);
    await delay(waitMs, this.wait.signal);
  }

  /** Ends the wait, and forgets what failed. */
  reset(): void {
    this.failed = 0;
    this.wait.abort();
    this.wait = new AbortController();
  }
}
