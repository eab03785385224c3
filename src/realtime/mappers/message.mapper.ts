import {
  MessageSession,
  MessageStatus,
  MessageType,
  type WireMessage,
} from '../../protocol';
import type {ChatEventMap, ConversationMessage} from '../../services';

const TYPES: Record<string, number> = {
  text: MessageType.TEXT,
  image: MessageType.IMAGE,
  video: MessageType.VIDEO,
  audio: MessageType.AUDIO,
  file: MessageType.FILE,
  system: MessageType.SYSTEM,
};

/** Makes the frame of a message as it stands; a deleted one has no content. */
export function toWireMessage(message: ConversationMessage): WireMessage {
  const isSingle = message.channelType === 'single';
  return {
    id: message.id,
    session: isSingle
      ? MessageSession.SINGLE
      : sharedSession(message.channelType),
    sender: {id: message.createdBy},
    receiver: isSingle ? message.toUserId : message.channelId,
    status: MessageStatus.INITIAL,
    type: TYPES[message.kind],
    ...contentOf(message),
    ext: message.ext,
    subject: message.subject,
    channelId: message.channelId,
    channelType: message.channelType,
    seq: message.seq,
    changeSeq: message.changeSeq,
    createdAt: message.createdOn?.getTime(),
    editedAt: message.editedOn?.getTime(),
    deleted: message.deleted || undefined,
    parentMessageId: message.parentMessageId,
    mentions: message.mentions && [...message.mentions],
    forwardedFrom: message.forwardedFrom,
    reactions: message.reactions?.map(({emoji, userIds}) => ({
      emoji,
      userIds: [...userIds],
    })),
  };
}

/** Makes the frame that tells the members of a new message. */
export function toNewWireMessage({
  message,
  sender,
  timer,
}: ChatEventMap['message.created']): WireMessage {
  const {id, account} = sender;
  return {...toWireMessage(message), sender: {id, account}, timer};
}

function contentOf({kind, body, deleted}: ConversationMessage) {
  if (deleted) return {};
  if (kind === 'image') return {image: body};
  return kind === 'text' || kind === 'system' ? {text: body} : {media: body};
}

function sharedSession(channelType: string): number {
  return channelType === 'group'
    ? MessageSession.GROUP
    : MessageSession.CHANNEL;
}
