import type {ChatError} from '../errors';
import type {SuccessAck} from '../protocol';
import {isSuccess, statusOf, toChatError} from './answer';

/** What the ack of a send means for it. */
export type Verdict =
  | {readonly kind: 'done'; readonly ack: SuccessAck}
  | {readonly kind: 'refused'; readonly error: ChatError}
  | {
      readonly kind: 'again';
      /** When; absent when the server does not say. */
      readonly afterMs?: number;
      /** Whether it is the server's fault, which may never be mended. */
      readonly isFault: boolean;
      readonly error: ChatError;
    };

/** Judges an ack: 429 and 5xx may go well later, all other errors never. */
export function judge(ack: unknown): Verdict {
  if (isSuccess(ack)) return {kind: 'done', ack};
  const error = toChatError(ack);
  const status = statusOf(ack);
  const isBusy = status === 429 || status === 503;
  const isFault = !isBusy && (status >= 500 || status < 400);
  if (!isBusy && !isFault) return {kind: 'refused', error};
  return {kind: 'again', afterMs: error.retryAfterMs, isFault, error};
}
