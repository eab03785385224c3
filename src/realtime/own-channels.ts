import type {ChatSocket} from './chat-socket';
import {JoiningChannels} from './joining-channels';

/** Whose channels are being looked up, and what is known of them so far. */
interface Lookup {
  readonly userId: string;
  readonly channels: JoiningChannels;
}

/**
 * Gathers the channels of connections that are being made: those in the store,
 * and what changes while it answers.
 */
export class OwnChannels {
  private readonly byUser = new Map<string, Set<Lookup>>();
  private readonly bySocket = new WeakMap<ChatSocket, Lookup>();

  /** Begins to listen to changes, before the store is asked; once for each connection. */
  start(socket: ChatSocket, userId: string): JoiningChannels {
    // The one before may have failed, and is listened to still.
    const known = this.bySocket.get(socket);
    if (known) return known.channels;
    const channels = new JoiningChannels();
    const lookup = {userId, channels};
    const ofUser = this.byUser.get(userId) ?? new Set();
    this.byUser.set(userId, ofUser.add(lookup));
    this.bySocket.set(socket, lookup);
    return channels;
  }

  /** Notes that users came into a channel. */
  add(userIds: readonly string[], channelId: string): void {
    for (const channels of this.of(userIds)) channels.add(channelId);
  }

  /** Notes that users went from a channel. */
  remove(userIds: readonly string[], channelId: string): void {
    for (const channels of this.of(userIds)) channels.remove(channelId);
  }

  /** Ends the listening. @returns the channels; none when it has ended already */
  take(socket: ChatSocket): string[] {
    const lookup = this.bySocket.get(socket);
    if (!lookup) return [];
    this.bySocket.delete(socket);
    const ofUser = this.byUser.get(lookup.userId);
    ofUser?.delete(lookup);
    if (!ofUser?.size) this.byUser.delete(lookup.userId);
    return lookup.channels.list();
  }

  private of(userIds: readonly string[]): JoiningChannels[] {
    return userIds.flatMap(userId =>
      [...(this.byUser.get(userId) ?? [])].map(({channels}) => channels),
    );
  }
}
