import type {
  WireChannel,
  WireChannelChange,
  WireCursor,
  WireMessage,
  WireMessageDelete,
  WireMessageEdit,
  WireNotify,
  WireReaction,
  WireTyping,
} from '../protocol';

/**
 * How a client stands: `connecting` for the first time, `syncing` what it
 * missed, `online`, `offline` and trying to come back, `unauthenticated` until
 * it is given another token, `closed` for good.
 */
export type ChatState =
  | 'connecting'
  | 'syncing'
  | 'online'
  | 'offline'
  | 'unauthenticated'
  | 'closed';

/** Where a message came from. */
export interface MessageContext {
  /** Whether this user wrote it, on whatever device. */
  readonly isOwn: boolean;
  /** `live` as it was written, `sync` after a break, `sent` by this client. */
  readonly source: 'live' | 'sync' | 'sent';
}

/** A message of the server's, which has all that a message sent has not yet. */
export type ToldMessage = WireMessage &
  Required<Pick<WireMessage, 'id' | 'channelId' | 'seq' | 'changeSeq'>>;

/** A reaction that came or went; after a break all that are there now. */
export interface ReactionEvent extends WireReaction {
  /** Set after a break instead of `emoji`, `userId` and `removed`. */
  readonly reactions?: NonNullable<WireMessage['reactions']>;
}

/** Something about a channel of the user's. */
export interface ChannelUpdate {
  /** `removed`: it is no longer the user's, or was deleted. */
  readonly kind: 'added' | 'updated' | 'removed';
  readonly channelId: string;
  /** As it is now; when it was removed, as it was. */
  readonly channel?: WireChannel;
  /** What happened, unless it happened during a break. */
  readonly change?: WireChannelChange;
}

/** Whether a user is online. */
export interface UserPresence {
  readonly userId: string;
  readonly isOnline: boolean;
  /** Milliseconds since the epoch; absent when not known. */
  readonly lastSeenAt?: number;
}

/** The events of a client and what their listeners are called with. */
export interface ClientEventMap {
  /**
   * A message, the user's own too, each once. One that was deleted during a
   * break comes with `deleted` and without content.
   */
  message: [message: ToldMessage, context: MessageContext];
  edit: [edit: WireMessageEdit];
  delete: [deletion: WireMessageDelete];
  reaction: [reaction: ReactionEvent];
  /** How far another member, or the user's other device, has received. */
  received: [cursor: WireCursor];
  /** How far another member, or the user's other device, has read. */
  read: [cursor: WireCursor];
  typing: [typing: WireTyping];
  notify: [notification: WireNotify];
  channel: [update: ChannelUpdate];
  presence: [presence: UserPresence];
  state: [state: ChatState];
  /** What nobody waits for went wrong: a listener, a token, a restored send. */
  error: [error: unknown];
}

/** The name of an event of a client. */
export type ClientEvents = keyof ClientEventMap;

/** A listener of one event; a promise that it returns is heard when it fails. */
export type ClientListener<E extends ClientEvents> = (
  ...args: ClientEventMap[E]
) => unknown;
