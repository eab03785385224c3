import type {ChatLogger} from './types';

/**
 * Writes the one line of an error that is the server's own. Only code lines of
 * the stack are written: an error's message may quote what a user sent.
 */
export function logFault(
  logger: ChatLogger,
  {
    statusCode,
    code,
    requestId,
  }: {
    statusCode: number;
    code: string;
    requestId?: string;
  },
  err: unknown,
): void {
  if (statusCode < 500) return;
  const cause = (err as {cause?: unknown} | undefined)?.cause ?? err;
  const {name, code: reason, stack} = Object(cause) as Error & {code?: unknown};
  const at = stack
    ?.split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 5);
  const context = {code, requestId, error: name, reason, at};
  if (statusCode === 503) logger.warn('The chat was not available', context);
  else logger.error('The chat failed', context);
}
