/** How long to wait between attempts, in milliseconds. */
export interface BackoffLimits {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * Gives longer waits from attempt to attempt, each with a random part, so that
 * many clients do not come back at once.
 * @param attempt - counted from 0
 */
export function backoffMs(
  attempt: number,
  {minMs, maxMs}: BackoffLimits,
): number {
  const longest = Math.min(maxMs, minMs * 2 ** Math.min(attempt, 20));
  return longest * (0.5 + Math.random() / 2);
}

/** Resolves after a time, or at once when the signal is or gets aborted. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
