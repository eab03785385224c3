import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatServiceBindings} from '../../keys';
import type {AcquaintanceService, ChatEvents} from '../../services';
import type {ChatUser} from '../../types';
import type {ChatServer, ChatSocket} from '../chat-socket';
import {presenceRoom, presenceUserOf, userRoom} from '../rooms';

/** Bounds the users one connection is told of. */
const MAX_SUBSCRIPTIONS = 1000;
/** Whose acquaintances change all the time is told nothing for now. */
const MAX_LOOKUPS = 3;

/** A question who is known, while it is answered. */
interface Lookup {
  readonly userIds: ReadonlySet<string>;
  isOutdated: boolean;
}

/** Of whom connections were told, to be told on if their user still may. */
type Held = Map<ChatSocket, Set<string>>;

/** Knows who is told of whose coming and going, and ends it with the acquaintance. */
@injectable({scope: BindingScope.SINGLETON})
export class PresenceSubscriptions {
  private readonly underway = new Set<Lookup>();

  constructor(
    @inject('chat.acquaintanceService')
    private readonly acquaintances: AcquaintanceService,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** @returns a function that ends the listening */
  start(io: ChatServer): () => void {
    const {events} = this;
    const ends = [
      events.on('member.removed', event => this.reviewAll(io, event.userIds)),
      events.on('channel.deleted', event => this.reviewAll(io, event.userIds)),
      events.on('contact.changed', event => this.reviewPair(io, event.userIds)),
    ];
    return () => ends.forEach(end => end());
  }

  /**
   * Subscribes a connection to those of the users whom its user knows.
   * @returns whom it knows
   */
  async add(socket: ChatSocket, userIds: readonly string[]): Promise<string[]> {
    const known = await this.thoseKnownTo(socket.data.user, userIds);
    // At once: whoever ends a subscription has to find it.
    const all = new Set([...seenBy(socket), ...known]);
    const rooms = known.map(presenceRoom);
    if (all.size <= MAX_SUBSCRIPTIONS) void socket.join(rooms);
    return known;
  }

  /** What changes while the store is asked may not be in its answer. */
  private async thoseKnownTo(
    user: ChatUser,
    userIds: readonly string[],
  ): Promise<string[]> {
    for (let count = 0; count < MAX_LOOKUPS; count++) {
      const lookup = {
        userIds: new Set([user.id, ...userIds]),
        isOutdated: false,
      };
      this.underway.add(lookup);
      const known = await this.acquaintances
        .thoseKnownTo(user, userIds)
        .finally(() => this.underway.delete(lookup));
      if (!lookup.isOutdated) return known;
    }
    return [];
  }

  private outdate(userIds: readonly string[]): void {
    for (const lookup of this.underway) {
      if (userIds.some(id => lookup.userIds.has(id))) lookup.isOutdated = true;
    }
  }

  /** Whoever has left a channel may know others, and be known, by another. */
  private reviewAll(io: ChatServer, userIds: readonly string[]): void {
    this.outdate(userIds);
    const held: Held = new Map();
    for (const userId of userIds) {
      const room = presenceRoom(userId);
      for (const socket of socketsIn(io, room)) leave(socket, userId, held);
      for (const socket of socketsOf(io, userId)) {
        for (const seen of seenBy(socket)) leave(socket, seen, held);
      }
    }
    void this.restore(held);
  }

  private reviewPair(
    io: ChatServer,
    [one, other]: readonly [string, string],
  ): void {
    this.outdate([one, other]);
    const held: Held = new Map();
    for (const [id, seen] of [
      [one, other],
      [other, one],
    ]) {
      for (const socket of socketsOf(io, id)) {
        if (socket.rooms.has(presenceRoom(seen))) leave(socket, seen, held);
      }
    }
    void this.restore(held);
  }

  /** One after the other: of a large group all may have watched each other. */
  private async restore(held: Held): Promise<void> {
    for (const [socket, seen] of held) {
      const {user} = socket.data;
      const known = await this.thoseKnownTo(user, [...seen])
        // The database is away: better to tell too little.
        .catch(() => []);
      const mayRead = socket.rooms.has(userRoom(user.id));
      if (mayRead) void socket.join(known.map(presenceRoom));
    }
  }
}

/** First: the two may still know each other, but until that is known they do not. */
function leave(socket: ChatSocket, seen: string, held: Held): void {
  void socket.leave(presenceRoom(seen));
  held.set(socket, (held.get(socket) ?? new Set<string>()).add(seen));
}

/** @returns of whom a connection is told */
function seenBy({rooms}: ChatSocket): string[] {
  return [...rooms].flatMap(room => presenceUserOf(room) ?? []);
}

function socketsOf(io: ChatServer, userId: string): ChatSocket[] {
  return socketsIn(io, userRoom(userId));
}

function socketsIn(io: ChatServer, room: string): ChatSocket[] {
  const {adapter, sockets} = io.of('/');
  const ids = [...(adapter.rooms.get(room) ?? [])];
  return ids.flatMap(id => sockets.get(id) ?? []);
}
