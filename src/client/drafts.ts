import {
  ChatEvent,
  MessageSession,
  MessageStatus,
  MessageType,
  type MessageAck,
  type WireMessage,
} from '../protocol';
import type {OutboxEvent} from './outbox-entry';
import {addressOf, type Target} from './targets';

/** What any message may have besides its content. */
export interface MessageExtras {
  /** A UUID; made when it is left out. */
  readonly id?: string;
  readonly ext?: string;
  readonly subject?: string;
  /** The message of a thread that this one belongs to. */
  readonly parentMessageId?: string;
  readonly attachmentIds?: string[];
  readonly mentions?: string[];
}

/** The kinds of message that are made of a file. */
export type FileKind = 'video' | 'audio' | 'file';

/** The kinds of message that can be sent. */
export type SentKind = 'text' | 'image' | FileKind;

const KINDS = {
  text: {
    event: ChatEvent.MessageText,
    type: MessageType.TEXT,
    field: 'text',
  },
  image: {
    event: ChatEvent.MessageImage,
    type: MessageType.IMAGE,
    field: 'image',
  },
  video: {
    event: ChatEvent.MessageVideo,
    type: MessageType.VIDEO,
    field: 'media',
  },
  audio: {
    event: ChatEvent.MessageAudio,
    type: MessageType.AUDIO,
    field: 'media',
  },
  file: {
    event: ChatEvent.MessageFile,
    type: MessageType.FILE,
    field: 'media',
  },
} as const;

/** Names the event of a kind of message. */
export function eventOf(kind: SentKind): OutboxEvent {
  return KINDS[kind].event;
}

/** Makes the frame of a message. */
export function toMessageFrame(
  kind: SentKind,
  {to, id, content}: {to: Target; id: string; content: string},
  extras: MessageExtras,
): WireMessage {
  const {type, field} = KINDS[kind];
  const {ext, subject, parentMessageId, attachmentIds, mentions} = extras;
  const frame: WireMessage = {
    ...{id, type, [field]: content},
    ...addressOf(to),
    ...{ext, subject, parentMessageId, attachmentIds, mentions},
    timer: String(Date.now()),
  };
  const isGiven = ([, value]: [string, unknown]) => value !== undefined;
  return Object.fromEntries(Object.entries(frame).filter(isGiven));
}

/** Makes of a frame that was sent the message that the other members get. */
export function toSentMessage(
  frame: WireMessage,
  {id, channelId, seq, changeSeq, createdAt}: MessageAck,
  userId?: string,
): WireMessage {
  const {session, channelType} = frame;
  const isGroup = session === MessageSession.GROUP;
  const type = session === MessageSession.SINGLE ? 'single' : channelType;
  return {
    ...frame,
    ...{id, channelId, seq, changeSeq, createdAt},
    channelType: isGroup ? 'group' : type,
    status: MessageStatus.INITIAL,
    ...(userId !== undefined && {sender: {id: userId}}),
  };
}
