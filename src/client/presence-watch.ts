import {ChatEvent, FRAMES, type DataAck} from '../protocol';
import {isPassing, isSuccess, toChatError} from './answer';
import {toBytes} from './bytes';
import type {UserPresence} from './client-event-map';
import type {Emitter} from './emitter';
import type {ResolvedClientOptions} from './options';
import {RetryWait} from './retry-wait';
import {readPresences} from './signals';
import type {Transport} from './transport';

/** The server's own limit for one question. */
const MAX_ASKED = 100;
/** The server's own limit for a connection: of more it tells nothing. */
const MAX_WATCHED = 1000;

/** Asks who is online, and asks again for whoever was asked about after a break. */
export class PresenceWatch {
  /** The latest that were asked about. */
  private readonly watched = new Set<string>();
  private readonly wait: RetryWait;
  /** Counts connections, so that the repetition of an earlier one ends. */
  private turn = 0;

  constructor(
    private readonly transport: Transport,
    private readonly emitter: Emitter,
    {retryDelayMs: minMs, maxRetryDelayMs: maxMs}: ResolvedClientOptions,
  ) {
    this.wait = new RetryWait({minMs, maxMs});
  }

  /**
   * Asks about users, of whom `presence` tells from then on.
   * @returns those of them whom the user may see
   * @throws ChatError as the server answers, NoAnswerError without a connection
   */
  async ask(userIds: readonly string[]): Promise<UserPresence[]> {
    this.watch(userIds);
    const found: UserPresence[] = [];
    for (const part of inParts(userIds)) {
      found.push(...(await this.askPart(part)));
    }
    return found;
  }

  /** Asks anew: a connection is told only of those that it asked about. */
  resume(): void {
    this.interrupt();
    if (this.watched.size) void this.repeat(this.turn);
  }

  /** Ends the repetition, and its wait between two attempts. */
  interrupt(): void {
    this.turn++;
    this.wait.reset();
  }

  private watch(userIds: readonly string[]): void {
    for (const userId of userIds) {
      this.watched.delete(userId);
      this.watched.add(userId);
    }
    for (const oldest of this.watched) {
      if (this.watched.size <= MAX_WATCHED) break;
      this.watched.delete(oldest);
    }
  }

  private async repeat(turn: number): Promise<void> {
    const parts = inParts([...this.watched]);
    while (parts.length && turn === this.turn && this.transport.isUp) {
      const isDone = await this.tell(parts[0]);
      if (isDone) parts.shift();
      await this.wait.after(isDone);
    }
  }

  /** @returns false when the same is to be asked again */
  private async tell(userIds: string[]): Promise<boolean> {
    try {
      const found = await this.askPart(userIds);
      found.forEach(each => this.emitter.emit('presence', each));
    } catch (err) {
      if (isPassing(err)) return false;
      this.emitter.emit('error', err);
    }
    return true;
  }

  private async askPart(userIds: string[]): Promise<UserPresence[]> {
    const bytes = FRAMES.PresenceQuery.encode({userIds});
    const ack = await this.transport.request(ChatEvent.Presence, bytes);
    if (!isSuccess(ack)) throw toChatError(ack);
    return readPresences(toBytes((ack as DataAck).data));
  }
}

function inParts(userIds: readonly string[]): string[][] {
  const count = Math.ceil(userIds.length / MAX_ASKED);
  return Array.from({length: count}, (_, n) =>
    userIds.slice(n * MAX_ASKED, (n + 1) * MAX_ASKED),
  );
}
