import {ChatEvent, FRAMES, type WireCursor} from '../protocol';
import {toBytes} from './bytes';
import type {ChannelStates} from './channel-states';
import type {UserPresence} from './client-event-map';
import type {Connection} from './connection';
import type {Emitter} from './emitter';
import type {Identity} from './identity';
import {RecentKeys} from './recent-keys';

/** How many notifications are looked back at: those sent again are told once. */
const MAX_NOTIFICATIONS = 500;

/** What signals work with, and whom they tell. */
export interface SignalContext {
  readonly connection: Connection;
  readonly emitter: Emitter;
  readonly states: ChannelStates;
  readonly identity: Identity;
}

/** Tells what is no part of a channel's history: who reads, types, comes and goes. */
export function tellSignals({
  connection,
  emitter,
  states,
  identity,
}: SignalContext): void {
  const notified = new RecentKeys(MAX_NOTIFICATIONS);
  const readCursor = (payload: unknown): WireCursor =>
    FRAMES.Cursor.decode(toBytes(payload));

  connection.listen(ChatEvent.MessageReceived, payload => {
    const cursor = readCursor(payload);
    const {channelId = '', seq: receivedSeq, userId} = cursor;
    states.moveCursor(channelId, {userId, receivedSeq});
    emitter.emit('received', cursor);
  });
  connection.listen(ChatEvent.MessageRead, payload => {
    const cursor = readCursor(payload);
    const {channelId = '', seq = 0, userId} = cursor;
    if (userId === identity.userId) states.read(channelId, seq);
    states.moveCursor(channelId, {userId, readSeq: seq});
    emitter.emit('read', cursor);
  });
  connection.listen(ChatEvent.Typing, payload => {
    emitter.emit('typing', FRAMES.Typing.decode(toBytes(payload)));
  });
  connection.listen(ChatEvent.Notify, (payload, ack) => {
    const notification = FRAMES.Notify.decode(toBytes(payload));
    const {id, status} = notification;
    const isNew = notified.add(`${id} ${status}`);
    if (!isNew || emitter.emit('notify', notification))
      ack?.({statusCode: 200});
  });
  connection.listen(ChatEvent.Presence, payload => {
    const presences = readPresences(toBytes(payload));
    presences.forEach(presence => emitter.emit('presence', presence));
  });
}

/** Reads who is online. @throws ChatError CHAT_FRAME_INVALID */
export function readPresences(bytes: Uint8Array): UserPresence[] {
  const {presences = []} = FRAMES.PresenceList.decode(bytes);
  return presences.map(({userId = '', online, lastSeenAt}) => ({
    userId,
    isOnline: !!online,
    ...(lastSeenAt && {lastSeenAt}),
  }));
}
