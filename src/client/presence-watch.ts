import {ChatEvent, FRAMES, type DataAck} from '../protocol';
import {isPassing, isSuccess, toChatError} from './answer';
import {toBytes} from './bytes';
import type {UserPresence} from './client-event-map';
import type {Emitter} from './emitter';
import {readPresences} from './signals';
import type {Transport} from './transport';

/** The server's own limit for one question. */
const MAX_ASKED = 100;

/** Asks who is online, and asks again for whoever was asked about after a break. */
export class PresenceWatch {
  private readonly watched = new Set<string>();

  constructor(
    private readonly transport: Transport,
    private readonly emitter: Emitter,
  ) {}

  /**
   * Asks about users, of whom `presence` tells from then on.
   * @returns those of them whom the user may see
   * @throws ChatError as the server answers, NoAnswerError without a connection
   */
  async ask(userIds: readonly string[]): Promise<UserPresence[]> {
    userIds.forEach(userId => this.watched.add(userId));
    const found: UserPresence[] = [];
    for (let from = 0; from < userIds.length; from += MAX_ASKED) {
      const part = userIds.slice(from, from + MAX_ASKED);
      const bytes = FRAMES.PresenceQuery.encode({userIds: part});
      const ack = await this.transport.request(ChatEvent.Presence, bytes);
      if (!isSuccess(ack)) throw toChatError(ack);
      found.push(...readPresences(toBytes((ack as DataAck).data)));
    }
    return found;
  }

  /** Asks anew: a connection is told only of those that it asked about. */
  resume(): void {
    if (!this.watched.size) return;
    this.ask([...this.watched]).then(
      found => found.forEach(each => this.emitter.emit('presence', each)),
      // Without an answer the next connection asks.
      err => isPassing(err) || this.emitter.emit('error', err),
    );
  }
}
