import type {Server, Socket} from 'socket.io';
import type {ChatUser} from '../types';

/** What the server knows of a connection once its token is verified. */
export interface ChatSocketData {
  user: ChatUser;
  /** Which may be taken back. */
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

type AnyEvents = Record<string, (...args: unknown[]) => void>;

/** One authenticated connection. */
export type ChatSocket = Socket<
  AnyEvents,
  AnyEvents,
  AnyEvents,
  ChatSocketData
>;

/** The socket.io server of the chat. */
export type ChatServer = Server<
  AnyEvents,
  AnyEvents,
  AnyEvents,
  ChatSocketData
>;
