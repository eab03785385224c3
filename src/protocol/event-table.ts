import type {FRAMES} from './codec';
import {ChatEvent, type ChatEventName} from './events';

/** The name of a protobuf message that travels. */
export type FrameName = keyof typeof FRAMES;

/** What an ack of 200 carries, by the name of its type. */
export type AckName =
  | 'MessageAck'
  | 'ChangeAck'
  | 'CursorAck'
  | 'NotifyAck'
  | 'DataAck'
  | 'AuthAck'
  | 'PlainAck';

/** One event that a client sends. */
export interface ClientEvent {
  /** `Token` is an object, all others are protobuf. */
  readonly payload: FrameName | 'Token';
  readonly ack: AckName;
  /** Of a `DataAck`: what `data` is. */
  readonly data?: FrameName;
  readonly summary: string;
}

/** One event that the server sends. */
export interface ServerEvent {
  readonly payload: FrameName | 'Expiry';
  /** Whether the client is asked for an ack `{statusCode: 200}`. */
  readonly isAcked: boolean;
  readonly summary: string;
}

const send = (what: string): ClientEvent => ({
  payload: 'Message',
  ack: 'MessageAck',
  summary: `Sends ${what}; the same id again answers what is stored`,
});

/** What clients may send; the one table for gateway, client and documents. */
export const CLIENT_EVENTS = {
  [ChatEvent.MessageText]: send('a text'),
  [ChatEvent.MessageImage]: send('an image'),
  [ChatEvent.MessageVideo]: send('a video'),
  [ChatEvent.MessageAudio]: send('a sound'),
  [ChatEvent.MessageFile]: send('a file'),
  [ChatEvent.MessageEdit]: {
    payload: 'MessageEdit',
    ack: 'ChangeAck',
    summary: 'Changes what an own message says',
  },
  [ChatEvent.MessageDelete]: {
    payload: 'MessageDelete',
    ack: 'ChangeAck',
    summary: 'Deletes an own message, or as an admin of a group another',
  },
  [ChatEvent.MessageReaction]: {
    payload: 'Reaction',
    ack: 'ChangeAck',
    summary: 'Adds or removes an own reaction',
  },
  [ChatEvent.MessageReceived]: {
    payload: 'Cursor',
    ack: 'CursorAck',
    summary: 'Tells how far a channel was received; never moves back',
  },
  [ChatEvent.MessageRead]: {
    payload: 'Cursor',
    ack: 'CursorAck',
    summary: 'Tells how far a channel was read; never moves back',
  },
  [ChatEvent.Typing]: {
    payload: 'Typing',
    ack: 'PlainAck',
    summary: 'Tells that the user is typing, or stopped',
  },
  [ChatEvent.Notify]: {
    payload: 'Notify',
    ack: 'NotifyAck',
    summary: 'Sends a notification, or tells how far a received one has come',
  },
  [ChatEvent.Sync]: {
    payload: 'SyncRequest',
    ack: 'DataAck',
    data: 'SyncResponse',
    summary: 'Asks for what changed since',
  },
  [ChatEvent.Presence]: {
    payload: 'PresenceQuery',
    ack: 'DataAck',
    data: 'PresenceList',
    summary: 'Asks who is online, and to be told from now on',
  },
  [ChatEvent.Auth]: {
    payload: 'Token',
    ack: 'AuthAck',
    summary: 'Renews the token of the connection',
  },
} satisfies Partial<Record<ChatEventName, ClientEvent>>;

/** The name of an event that a client sends. */
export type ClientEventName = keyof typeof CLIENT_EVENTS;

const message = (what: string): ServerEvent => ({
  payload: 'Message',
  isAcked: true,
  summary: `A new ${what}`,
});

/** What the server sends. */
export const SERVER_EVENTS = {
  [ChatEvent.MessageText]: message('text'),
  [ChatEvent.MessageImage]: message('image'),
  [ChatEvent.MessageVideo]: message('video'),
  [ChatEvent.MessageAudio]: message('sound'),
  [ChatEvent.MessageFile]: message('file'),
  [ChatEvent.MessageSystem]: message('note of the channel about itself'),
  [ChatEvent.MessageEdit]: {
    payload: 'MessageEdit',
    isAcked: false,
    summary: 'A message says something else now',
  },
  [ChatEvent.MessageDelete]: {
    payload: 'MessageDelete',
    isAcked: false,
    summary: 'A message was deleted',
  },
  [ChatEvent.MessageReaction]: {
    payload: 'Reaction',
    isAcked: false,
    summary: 'A reaction was added or removed',
  },
  [ChatEvent.MessageReceived]: {
    payload: 'Cursor',
    isAcked: false,
    summary: 'A member has received more',
  },
  [ChatEvent.MessageRead]: {
    payload: 'Cursor',
    isAcked: false,
    summary: 'A member has read more',
  },
  [ChatEvent.Typing]: {
    payload: 'Typing',
    isAcked: false,
    summary: 'A member is typing, or stopped; may be lost',
  },
  [ChatEvent.Notify]: {
    payload: 'Notify',
    isAcked: true,
    summary: 'A notification, new or further on its way',
  },
  [ChatEvent.Channel]: {
    payload: 'ChannelChange',
    isAcked: false,
    summary: 'A channel, its members or their roles changed',
  },
  [ChatEvent.Presence]: {
    payload: 'PresenceList',
    isAcked: false,
    summary: 'Somebody asked about came or went',
  },
  [ChatEvent.Auth]: {
    payload: 'Expiry',
    isAcked: false,
    summary: 'The token expires soon',
  },
} satisfies Partial<Record<ChatEventName, ServerEvent>>;
