import type {WireMessage} from '../protocol';
import type {Emitter} from './emitter';

/**
 * Tells what became of a message that was told before: whether it was edited,
 * reacted to or both is not known after a break, only how it is now.
 */
export function tellState(
  emitter: Emitter,
  {id: messageId, ...message}: WireMessage,
): void {
  const {channelId, changeSeq, text, ext, subject, editedAt} = message;
  const {attachmentIds} = message;
  const place = {channelId, messageId, changeSeq};
  if (message.deleted) {
    emitter.emit('delete', place);
    return;
  }
  emitter.emit('edit', {...place, text, ext, subject, editedAt, attachmentIds});
  emitter.emit('reaction', {...place, reactions: message.reactions ?? []});
}
