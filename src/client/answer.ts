import {CHAT_ERRORS, ChatError, type ChatErrorCode} from '../errors';
import type {ErrorAck, SuccessAck} from '../protocol';

/** No ack came, so whether the frame was processed is not known: send it again. */
export class NoAnswerError extends Error {
  constructor(readonly reason: 'timeout' | 'disconnected') {
    super(`The server did not answer: ${reason}.`);
    this.name = 'NoAnswerError';
  }
}

/** Tells whether a frame was processed. */
export function isSuccess(ack: unknown): ack is SuccessAck {
  return statusOf(ack) === 200;
}

/** @returns 0 when the ack has none: rubbish */
export function statusOf(ack: unknown): number {
  const {statusCode} = (ack ?? {}) as {statusCode?: unknown};
  return typeof statusCode === 'number' ? statusCode : 0;
}

/** Makes the error of an ack; of a code unknown here, one of the same status. */
export function toChatError(ack: unknown): ChatError {
  const {code, details, retryAfterMs} = (ack ?? {}) as Partial<ErrorAck>;
  const known = isCode(code) ? code : codeOfStatus(statusOf(ack));
  return new ChatError(known, {details, retryAfterMs, cause: ack});
}

/** Tells whether the same request may succeed later. */
export function isPassing(err: unknown): boolean {
  return isBusy(err) || (err instanceof ChatError && err.statusCode >= 500);
}

/** Tells whether the server did not get to the request, and will. */
export function isBusy(err: unknown): boolean {
  if (err instanceof NoAnswerError) return true;
  if (!(err instanceof ChatError)) return false;
  return err.statusCode === 429 || err.statusCode === 503;
}

function isCode(code: unknown): code is ChatErrorCode {
  return typeof code === 'string' && Object.hasOwn(CHAT_ERRORS, code);
}

function codeOfStatus(status: number): ChatErrorCode {
  const codes = Object.keys(CHAT_ERRORS) as ChatErrorCode[];
  const found = codes.find(code => CHAT_ERRORS[code].statusCode === status);
  const isRefusal = status >= 400 && status < 500;
  return found ?? (isRefusal ? 'CHAT_FORBIDDEN' : 'CHAT_INTERNAL');
}
