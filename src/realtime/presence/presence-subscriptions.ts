import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../../errors';
import {ChatServiceBindings} from '../../keys';
import type {AcquaintanceService, ChatEvents} from '../../services';
import type {ChatServer, ChatSocket} from '../chat-socket';
import {presenceRoom, userRoom} from '../rooms';
import {AcquaintanceLookups} from './acquaintance-lookups';
import {HeldSubscriptions} from './held-subscriptions';
import type {Presence} from './presence';
import {MAX_SUBSCRIPTIONS, seenBy} from './subscribed';

/** Knows who is told of whose coming and going, and ends it with the acquaintance. */
@injectable({scope: BindingScope.SINGLETON})
export class PresenceSubscriptions {
  private readonly lookups: AcquaintanceLookups;
  private readonly held: HeldSubscriptions;

  constructor(
    @inject('chat.acquaintanceService') acquaintances: AcquaintanceService,
    @inject('chat.presence') presence: Presence,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {
    this.lookups = new AcquaintanceLookups(acquaintances);
    this.held = new HeldSubscriptions(this.lookups, presence);
  }

  /** @returns a function that ends the listening */
  start(io: ChatServer): () => void {
    const {events} = this;
    const ends = [
      events.on('member.removed', event => this.reviewAll(io, event.userIds)),
      events.on('channel.deleted', event => this.reviewAll(io, event.userIds)),
      events.on('contact.changed', event => this.reviewPair(io, event.userIds)),
      () => this.held.stop(),
    ];
    return () => ends.forEach(end => end());
  }

  /**
   * Subscribes a connection to those of the users whom its user knows.
   * @returns whom it knows
   * @throws ChatError CHAT_UNAVAILABLE when that changes all the time
   */
  async add(socket: ChatSocket, userIds: readonly string[]): Promise<string[]> {
    const {user} = socket.data;
    const known = await this.lookups.ask(user, userIds, found => {
      // At once: whoever ends a subscription has to find it.
      const all = new Set([...seenBy(socket), ...found]);
      if (all.size > MAX_SUBSCRIPTIONS) return found;
      void socket.join(found.map(presenceRoom));
      this.held.forget(socket, found);
      return found;
    });
    if (!known) throw new ChatError('CHAT_UNAVAILABLE');
    return known;
  }

  /** Whoever has left a channel may know others, and be known, by another. */
  private reviewAll(io: ChatServer, userIds: readonly string[]): void {
    this.lookups.outdate(userIds);
    for (const userId of userIds) {
      const room = presenceRoom(userId);
      for (const socket of socketsIn(io, room)) this.held.hold(socket, userId);
      for (const socket of socketsOf(io, userId)) {
        for (const seen of seenBy(socket)) this.held.hold(socket, seen);
      }
    }
    this.held.restore();
  }

  private reviewPair(
    io: ChatServer,
    [one, other]: readonly [string, string],
  ): void {
    this.lookups.outdate([one, other]);
    for (const [id, seen] of [
      [one, other],
      [other, one],
    ]) {
      for (const socket of socketsOf(io, id)) {
        if (socket.rooms.has(presenceRoom(seen))) this.held.hold(socket, seen);
      }
    }
    this.held.restore();
  }
}

function socketsOf(io: ChatServer, userId: string): ChatSocket[] {
  return socketsIn(io, userRoom(userId));
}

function socketsIn(io: ChatServer, room: string): ChatSocket[] {
  const {adapter, sockets} = io.of('/');
  const ids = [...(adapter.rooms.get(room) ?? [])];
  return ids.flatMap(id => sockets.get(id) ?? []);
}
