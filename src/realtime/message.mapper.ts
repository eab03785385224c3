import {
  MessageSession,
  MessageStatus,
  MessageType,
  type WireMessage,
} from '../protocol';
import type {ChatEventMap, MessageDraft} from '../services';

const TYPES: Record<string, number> = {
  text: MessageType.TEXT,
  image: MessageType.IMAGE,
  video: MessageType.VIDEO,
  audio: MessageType.AUDIO,
  file: MessageType.FILE,
  system: MessageType.SYSTEM,
};

/** Takes from a frame what a client may say; all else in it is ignored. */
export function toDraft(message: WireMessage): MessageDraft {
  const {session, receiver = ''} = message;
  const target =
    session === MessageSession.GROUP || session === MessageSession.CHANNEL
      ? {channelId: receiver, channelType: message.channelType}
      : {toUserId: receiver};
  return {
    ...target,
    id: message.id ?? '',
    body: message.text ?? '',
    ext: message.ext,
    subject: message.subject,
    parentMessageId: message.parentMessageId,
  };
}

/** Makes the frame that tells the members of a new message. */
export function toWireMessage({
  message,
  sender,
  timer,
}: ChatEventMap['message.created']): WireMessage {
  const isSingle = message.channelType === 'single';
  return {
    id: message.id,
    session: isSingle
      ? MessageSession.SINGLE
      : sharedSession(message.channelType),
    sender: {id: sender.id, account: sender.account},
    receiver: isSingle ? message.toUserId : message.channelId,
    status: MessageStatus.INITIAL,
    timer,
    type: TYPES[message.kind],
    text: message.body,
    ext: message.ext,
    subject: message.subject,
    channelId: message.channelId,
    channelType: message.channelType,
    seq: message.seq,
    changeSeq: message.changeSeq,
    createdAt: message.createdOn.getTime(),
    parentMessageId: message.parentMessageId,
  };
}

function sharedSession(channelType: string): number {
  return channelType === 'group'
    ? MessageSession.GROUP
    : MessageSession.CHANNEL;
}
