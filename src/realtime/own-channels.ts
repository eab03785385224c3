import type {ChatSocket} from './chat-socket';

/** What is known of one connection's channels while they are looked up. */
interface Lookup {
  readonly userId: string;
  readonly channelIds: Set<string>;
  /** Channels that the user left meanwhile, whatever the store said before. */
  readonly left: Set<string>;
}

/**
 * Gathers the channels of connections that are being made: those in the store,
 * and what changes while it answers.
 */
export class OwnChannels {
  private readonly lookups = new Map<string, Map<ChatSocket, Lookup>>();
  private readonly bySocket = new WeakMap<ChatSocket, Lookup>();

  /** Begins to listen to changes, before the store is asked. */
  start(socket: ChatSocket, userId: string): void {
    const lookup = {
      userId,
      channelIds: new Set<string>(),
      left: new Set<string>(),
    };
    const ofUser = this.lookups.get(userId) ?? new Map();
    this.lookups.set(userId, ofUser.set(socket, lookup));
    this.bySocket.set(socket, lookup);
  }

  /** Adds what the store answered. */
  know(socket: ChatSocket, channelIds: readonly string[]): void {
    const lookup = this.bySocket.get(socket);
    for (const channelId of channelIds) {
      if (!lookup?.left.has(channelId)) lookup?.channelIds.add(channelId);
    }
  }

  /** Notes that users came into a channel. */
  add(userIds: readonly string[], channelId: string): void {
    for (const {channelIds, left} of this.of(userIds)) {
      left.delete(channelId);
      channelIds.add(channelId);
    }
  }

  /** Notes that users went from a channel. */
  remove(userIds: readonly string[], channelId: string): void {
    for (const {channelIds, left} of this.of(userIds)) {
      left.add(channelId);
      channelIds.delete(channelId);
    }
  }

  /** Ends the listening. @returns the channels; none when it has ended already */
  take(socket: ChatSocket): string[] {
    const lookup = this.bySocket.get(socket);
    if (!lookup) return [];
    this.bySocket.delete(socket);
    const ofUser = this.lookups.get(lookup.userId);
    ofUser?.delete(socket);
    if (!ofUser?.size) this.lookups.delete(lookup.userId);
    return [...lookup.channelIds];
  }

  private of(userIds: readonly string[]): Lookup[] {
    return userIds.flatMap(userId => [
      ...(this.lookups.get(userId)?.values() ?? []),
    ]);
  }
}
