import type {ChatErrorCode, InputProblem} from '../errors';

/** The events of the socket, both ways. */
export const ChatEvent = {
  MessageText: 'on-message:text',
  MessageImage: 'on-message:image',
  MessageVideo: 'on-message:video',
  MessageAudio: 'on-message:audio',
  MessageFile: 'on-message:file',
  /** From the server only. */
  MessageSystem: 'on-message:system',
  MessageEdit: 'on-message:edit',
  MessageDelete: 'on-message:delete',
  MessageReaction: 'on-message:reaction',
  MessageReceived: 'on-message:received',
  MessageRead: 'on-message:read',
  Typing: 'on-typing',
  Notify: 'on-notify',
  /** From the server only. */
  Channel: 'on-channel',
  Sync: 'on-sync',
  Presence: 'on-presence',
  Auth: 'on-auth',
} as const;

/** The name of an event. */
export type ChatEventName = (typeof ChatEvent)[keyof typeof ChatEvent];

/** What a message's ack carries once it is stored. */
export interface MessageAck {
  statusCode: 200;
  id: string;
  channelId: string;
  /** Number of the message in its channel, from 1. */
  seq: number;
  changeSeq: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** What the ack of an edit, a deletion or a reaction carries. */
export interface ChangeAck {
  statusCode: 200;
  channelId: string;
  changeSeq: number;
}

/** What the ack of a cursor carries. */
export interface CursorAck {
  statusCode: 200;
  /** The number now recorded. */
  seq: number;
}

/** What the ack of a notification carries. */
export interface NotifyAck {
  statusCode: 200;
  id: string;
}

/** What the ack of a question carries: a protobuf message. */
export interface DataAck {
  statusCode: 200;
  data: Uint8Array;
}

/** What the ack of a new token carries. */
export interface AuthAck {
  statusCode: 200;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** What an ack carries when nothing else is to be told. */
export interface PlainAck {
  statusCode: 200;
}

/** What an ack carries when the frame was not processed. */
export interface ErrorAck {
  statusCode: number;
  code: ChatErrorCode;
  message: string;
  details?: InputProblem[];
  /** With 429: when to try again. */
  retryAfterMs?: number;
  /** With 500: names the line in the server's log. */
  requestId?: string;
}

/** Every ack of a frame that was processed, by the name of its type. */
export interface SuccessAcks {
  MessageAck: MessageAck;
  ChangeAck: ChangeAck;
  CursorAck: CursorAck;
  NotifyAck: NotifyAck;
  DataAck: DataAck;
  AuthAck: AuthAck;
  PlainAck: PlainAck;
}

/** The ack of a frame that was processed. */
export type SuccessAck = SuccessAcks[keyof SuccessAcks];

/** The answer to a frame; `statusCode` is an HTTP status number. */
export type Ack = SuccessAck | ErrorAck;
