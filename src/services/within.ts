import {ChatError} from '../errors';

/**
 * Gives what comes of `work` in time; the work goes on when it does not.
 * @throws ChatError CHAT_UNAVAILABLE when it takes longer
 */
export async function within<T>(
  timeoutMs: number,
  work: Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const fail = () => reject(new ChatError('CHAT_UNAVAILABLE'));
    // Whoever waits for nothing else need not wait for this.
    timer = setTimeout(fail, timeoutMs).unref();
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
