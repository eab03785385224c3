import type {
  ChangeAck,
  MessageAck,
  NotifyAck,
  WireChannel,
  WireMessage,
} from '../protocol';
import type {
  ChatState,
  ClientEvents,
  ClientListener,
  UserPresence,
} from './client-event-map';
import type {FileKind, MessageExtras} from './drafts';
import type {MessageRef, NotificationDraft, Sending} from './message-sender';
import type {Target} from './targets';
import type {TokenGiver} from './token-source';
import type {Uploader} from './uploads';

/** A text to send. */
export interface TextDraft extends MessageExtras {
  readonly to: Target;
  /** 1 to 16,384 characters. */
  readonly text: string;
}

/** An image to send: one that is stored, or at an https URL. */
export interface ImageDraft extends MessageExtras {
  readonly to: Target;
  readonly url?: string;
  readonly attachmentId?: string;
}

/** A video, a sound or any file to send; it is stored already. */
export interface FileDraft extends MessageExtras {
  readonly to: Target;
  readonly kind: FileKind;
  readonly attachmentId: string;
}

/**
 * A user's client of the chat.
 *
 * What is sent is kept until the server has acked it, in order for each
 * channel, and sent again with the same id as often as it takes. A send
 * rejects with a `ChatError` when the server refuses it for good (4xx but not
 * 429, or a fault of the server's own again and again), when too much is unsent,
 * or when the client is closed first.
 *
 * What happened is told by events: of each channel each message, edit, deletion
 * and reaction once, in the order of `changeSeq`, whether it came live or was
 * asked for after a break. It is acked to the server when all listeners have
 * returned, not when their promises are settled; with a store that outlasts the
 * app, what was being told when the app ended is told again. Whoever listens is
 * to do so in the turn of `connectChat`: what nobody listens to is told to nobody.
 */
export interface ChatClient {
  readonly state: ChatState;
  /** As the token says; undefined before the first connection. */
  readonly userId: string | undefined;
  /** The user's channels, by their ids; objects are replaced, never changed. */
  readonly channels: ReadonlyMap<string, WireChannel>;
  /** How many sends wait for their ack. */
  readonly unsent: number;
  /** Stores files, whose ids `sendImage` and `sendFile` then take. */
  readonly uploads: Uploader;

  /** @returns a function that ends the listening */
  on<E extends ClientEvents>(event: E, listener: ClientListener<E>): () => void;
  /**
   * Resolves when everything that was missed is here.
   * @throws ChatError CHAT_UNAUTHENTICATED; CHAT_UNAVAILABLE when it is closed
   */
  online(): Promise<void>;

  sendText(draft: TextDraft): Sending<MessageAck>;
  /** @throws ChatError CHAT_INPUT_INVALID unless there is one of URL and id */
  sendImage(draft: ImageDraft): Sending<MessageAck>;
  sendFile(draft: FileDraft): Sending<MessageAck>;
  /** Sends a text to where a message came from, as an answer in its thread. */
  reply(
    message: WireMessage,
    text: string,
    extras?: MessageExtras,
  ): Sending<MessageAck>;
  /** Has an own message say something else; `ext` stays unless it is given. */
  edit(message: MessageRef, text: string, ext?: string): Sending<ChangeAck>;
  remove(message: MessageRef): Sending<ChangeAck>;
  /** Adds an own reaction, or removes it. */
  react(
    message: MessageRef,
    emoji: string,
    options?: {readonly removed?: boolean},
  ): Sending<ChangeAck>;
  notify(draft: NotificationDraft): Sending<NotifyAck>;
  /** Tells how far a received one has come; `status` is a `NotifyStatus`. */
  answerNotification(id: string, status: number): Sending<NotifyAck>;

  /** Tells that the user is typing, or stopped; call it with every key. */
  typing(channelId: string, isTyping?: boolean): void;
  /**
   * Tells that the user has read a channel.
   * @param seq - up to which message; by default the newest
   * @returns the number that is recorded; it never moves back
   */
  markRead(channelId: string, seq?: number): Promise<number>;
  /** The same of what was received; the client does so by itself. */
  markReceived(channelId: string, seq?: number): Promise<number>;
  /**
   * Asks who is online; `presence` tells of changes from then on.
   * @returns those that the user may see
   */
  presence(userIds: readonly string[]): Promise<UserPresence[]>;

  /** Connects with another token, after the last one was refused. */
  authenticate(token: TokenGiver): void;
  /** Ends the connection for good; resolves when the store is written. */
  close(): Promise<void>;
}
