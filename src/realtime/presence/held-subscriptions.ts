import {ChatEvent} from '../../protocol';
import type {ChatSocket} from '../chat-socket';
import {TurnLimiter} from '../limits/turn-limiter';
import {toPresenceFrame} from '../mappers/presence.mapper';
import {presenceRoom, userRoom} from '../rooms';
import type {AcquaintanceLookups} from './acquaintance-lookups';
import type {Presence, PresenceState} from './presence';
import {MAX_SUBSCRIPTIONS, seenBy} from './subscribed';

/** What a connection was told last, by the user whom it is not told of for now. */
type Held = Map<string, PresenceState>;

/** Of a large group all may have watched each other: so many are asked for at once. */
const MAX_AT_ONCE = 4;
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;

/**
 * Subscriptions of those who may know each other no more. First: they end at
 * once, as nobody may be told of one whom they do not know. Then the store is
 * asked, and whoever is known still is told on, with what was missed meanwhile.
 */
export class HeldSubscriptions {
  private readonly byUser = new Map<string, Map<ChatSocket, Held>>();
  /** Users who are asked for now; what is held of them meanwhile is so too. */
  private readonly underway = new Set<string>();
  private readonly turns = new TurnLimiter(MAX_AT_ONCE);
  private retryMs = FIRST_RETRY_MS;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly lookups: AcquaintanceLookups,
    private readonly presence: Presence,
  ) {}

  /** Ends a subscription until {@link restore} knows more. */
  hold(socket: ChatSocket, seenId: string): void {
    const {id} = socket.data.user;
    const sockets = this.socketsOf(id);
    this.byUser.set(id, sockets);
    const held: Held = sockets.get(socket) ?? new Map();
    sockets.set(socket, held);
    void socket.leave(presenceRoom(seenId));
    if (!held.has(seenId)) held.set(seenId, this.presence.stateOf(seenId));
  }

  /** Takes back what is held: the connection is told of these users anew. */
  forget(socket: ChatSocket, seenIds: readonly string[]): void {
    const held = this.socketsOf(socket.data.user.id).get(socket);
    for (const seenId of seenIds) held?.delete(seenId);
  }

  /** Asks for all that is held. */
  restore(): void {
    for (const userId of this.byUser.keys()) void this.restoreAllOf(userId);
  }

  /** Gives up what is held. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.byUser.clear();
  }

  private async restoreAllOf(userId: string): Promise<void> {
    if (this.underway.has(userId)) return;
    this.underway.add(userId);
    let isAnswered = true;
    while (isAnswered && this.byUser.has(userId)) {
      isAnswered = await this.turns.run('', () => this.restoreOf(userId));
    }
    this.underway.delete(userId);
    if (isAnswered) this.retryMs = FIRST_RETRY_MS;
    else this.retryLater();
  }

  /** @returns false when it has to be asked again */
  private async restoreOf(userId: string): Promise<boolean> {
    const sockets = this.listeningOf(userId);
    const [first] = sockets.keys();
    if (!first) {
      this.byUser.delete(userId);
      return true;
    }
    const held = [...sockets.values()].flatMap(each => [...each.keys()]);
    const asked = new Set(held);
    try {
      const isAnswered = await this.lookups.ask(
        first.data.user,
        [...asked],
        known => this.release(userId, asked, new Set(known)),
      );
      return !!isAnswered;
    } catch {
      // The database is away: better to tell too little for a while.
      return false;
    }
  }

  /** Those asked about are held no more; those known are told of again. */
  private release(
    userId: string,
    asked: ReadonlySet<string>,
    known: ReadonlySet<string>,
  ): true {
    // None of them when the app was stopped meanwhile.
    const sockets = this.socketsOf(userId);
    for (const [socket, held] of sockets) {
      const answered = [...held].filter(([id]) => asked.has(id));
      for (const [id] of answered) held.delete(id);
      if (!held.size) sockets.delete(socket);
      const last = answered.filter(([id]) => known.has(id));
      if (isListening(socket)) this.giveBack(socket, last);
    }
    return true;
  }

  /** @returns a list of its own where nothing is held of the user */
  private socketsOf(userId: string): Map<ChatSocket, Held> {
    return this.byUser.get(userId) ?? new Map<ChatSocket, Held>();
  }

  private listeningOf(userId: string): Map<ChatSocket, Held> {
    const sockets = this.socketsOf(userId);
    for (const socket of sockets.keys()) {
      if (!isListening(socket)) sockets.delete(socket);
    }
    return sockets;
  }

  /** Subscribes again, and tells what is other than it was told last. */
  private giveBack(
    socket: ChatSocket,
    last: readonly [string, PresenceState][],
  ): void {
    const room = Math.max(0, MAX_SUBSCRIPTIONS - seenBy(socket).length);
    const fitting = last.slice(0, room);
    void socket.join(fitting.map(([id]) => presenceRoom(id)));
    const states = fitting.map(([, state]) => state);
    const missed = states
      .map(({userId}) => this.presence.stateOf(userId))
      .filter((state, index) => !isSame(state, states[index]));
    if (!missed.length) return;
    socket.emit(ChatEvent.Presence, toPresenceFrame(missed));
  }

  private retryLater(): void {
    if (!this.byUser.size) return;
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.restore();
    }, this.retryMs).unref();
    this.retryMs = Math.min(2 * this.retryMs, MAX_RETRY_MS);
  }
}

/** One that has ended, or may not read any more, is in no room of its user. */
function isListening({rooms, data}: ChatSocket): boolean {
  return rooms.has(userRoom(data.user.id));
}

function isSame(one: PresenceState, other: PresenceState): boolean {
  if (one.isOnline || other.isOnline) return one.isOnline === other.isOnline;
  return one.lastSeenAt === other.lastSeenAt;
}
