import type {ChatErrorCode, InputProblem} from '../errors';

/** The events of the socket, both ways. */
export const ChatEvent = {
  MessageText: 'on-message:text',
  MessageImage: 'on-message:image',
  MessageRead: 'on-message:read',
  Notify: 'on-notify',
} as const;

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

/** What an ack carries when the frame was not processed. */
export interface ErrorAck {
  statusCode: number;
  code: ChatErrorCode;
  message: string;
  details?: InputProblem[];
  /** With 500: names the line in the server's log. */
  requestId?: string;
}

/** The answer to a frame; `statusCode` is an HTTP status number. */
export type Ack = MessageAck | ErrorAck;
