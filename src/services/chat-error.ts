import {EntityNotFoundError} from '@loopback/repository';
import {ChatError} from '../errors';
import {classifyStoreError, MessageLogFullError} from '../repositories';

/** Says of any error what a user may be told of it; the inner one is its cause. */
export function asChatError(err: unknown): ChatError {
  if (err instanceof ChatError) return err;
  if (err instanceof MessageLogFullError) {
    return new ChatError('CHAT_UNAVAILABLE', {cause: err});
  }
  if (err instanceof EntityNotFoundError) {
    return new ChatError('CHAT_NOT_FOUND', {cause: err});
  }
  const isAway = classifyStoreError(err) === 'unavailable';
  const code = isAway ? 'CHAT_UNAVAILABLE' : 'CHAT_INTERNAL';
  return new ChatError(code, {cause: err});
}
