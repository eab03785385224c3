import {ChatError} from '../errors';
import type {Ack, SuccessAck} from '../protocol';
import {isPassing, toChatError} from './answer';
import {backoffMs, delay} from './backoff';
import {encodeEntry, type OutboxEntry} from './outbox-entry';
import type {OutboxContext} from './outbox-context';
import {
  makeItem,
  type OutboxItem,
  type OutboxLane,
  type Reject,
} from './outbox-item';
import {judge, type Verdict} from './verdict';

/** A send that the server fails at so often is given up, and holds up no others. */
const MAX_FAULTS = 5;

/**
 * Keeps sends until they are acked. Each lane has one in flight, so that its
 * order stands whatever happens: a frame that may have been lost is sent again
 * with the same id before any later one is sent for the first time.
 */
export class Outbox {
  private readonly lanes = new Map<string, OutboxLane>();
  /** The server limits a user's sends, in whatever channel; the clock may be set. */
  private pausedUntil = -Infinity;

  constructor(private readonly context: OutboxContext) {}

  /** What is unsent; lane by lane in order. */
  get entries(): OutboxEntry[] {
    return [...this.lanes.values()].flatMap(({items}) =>
      items.map(({entry}) => entry),
    );
  }

  /** @returns the lane in which something waits under an id */
  laneOf(id: string): string | undefined {
    return this.entries.find(entry => entry.id === id)?.lane;
  }

  /**
   * Sends when it is the entry's turn and there is a connection.
   * @throws ChatError as the server answers; CHAT_UNAVAILABLE when too much waits
   */
  async add(entry: OutboxEntry): Promise<SuccessAck> {
    encodeEntry(entry);
    const {maxUnsent} = this.context.options;
    if (this.context.signal.aborted || this.entries.length >= maxUnsent) {
      throw new ChatError('CHAT_UNAVAILABLE');
    }
    return new Promise((resolve, reject) => {
      const lane = this.lane(entry.lane);
      lane.items.push(makeItem(entry, resolve, reject));
      this.context.onChange();
      void this.run(entry.lane, lane);
    });
  }

  /**
   * Takes what a store has kept, before all else is sent.
   * @param onRefused - called with why one of them will never be sent
   */
  restore(entries: readonly OutboxEntry[], onRefused: Reject): void {
    for (const entry of [...entries].reverse()) {
      const tried = {...entry, isTried: true};
      const item = makeItem(tried, () => undefined, onRefused);
      this.lane(entry.lane).items.unshift(item);
    }
  }

  /** Sends what waits: there is a connection. */
  resume(): void {
    for (const [name, lane] of this.lanes) void this.run(name, lane);
  }

  /** Gives up waiting; what is unsent stays in the store. */
  close(): void {
    for (const {items} of this.lanes.values()) {
      items.forEach(item => item.reject(new ChatError('CHAT_UNAVAILABLE')));
    }
  }

  private lane(name: string): OutboxLane {
    const lane = this.lanes.get(name) ?? {items: [], isRunning: false};
    this.lanes.set(name, lane);
    return lane;
  }

  private async run(name: string, lane: OutboxLane): Promise<void> {
    if (lane.isRunning) return;
    lane.isRunning = true;
    while (lane.items.length && this.context.transport.isUp) {
      const [item] = lane.items;
      const verdict = await this.attempt(item);
      if (verdict) await this.follow(verdict, item, lane);
    }
    lane.isRunning = false;
    if (!lane.items.length) this.lanes.delete(name);
  }

  /** @returns undefined when there was no answer */
  private async attempt(item: OutboxItem): Promise<Verdict | undefined> {
    const {transport, signal} = this.context;
    while (performance.now() < this.pausedUntil && !signal.aborted) {
      await delay(this.pausedUntil - performance.now(), signal);
    }
    if (!transport.isUp) return undefined;
    if (item.attempts++ > 0) item.entry = {...item.entry, isTried: true};
    try {
      const bytes = encodeEntry(item.entry);
      const sent = transport
        .request(item.entry.event, bytes, {
          onAck: ack => this.take(item, ack),
        })
        .then(judge);
      return await Promise.race([sent, item.settled]);
    } catch (err) {
      if (isPassing(err)) return undefined;
      // What a store has kept may be no frame; it holds up no others.
      return {kind: 'refused', error: toChatError(err)};
    }
  }

  /** At once, as what comes next may be a later change of the channel. */
  private take(item: OutboxItem, ack: Ack): void {
    const verdict = judge(ack);
    // It is sent again, or is already.
    if (verdict.kind === 'again' || item.isSettled) return;
    item.isSettled = true;
    if (verdict.kind === 'done') this.context.onSent(item.entry, verdict.ack);
    item.settle(verdict);
  }

  private async follow(verdict: Verdict, item: OutboxItem, lane: OutboxLane) {
    const isGivenUp =
      verdict.kind === 'again' && verdict.isFault && ++item.faults > MAX_FAULTS;
    if (verdict.kind === 'again' && !isGivenUp) {
      await this.pause(verdict, item);
      return;
    }
    lane.items.splice(lane.items.indexOf(item), 1);
    if (verdict.kind === 'done') {
      item.resolve(verdict.ack);
    } else {
      item.reject(verdict.error);
    }
    this.context.onChange();
  }

  /** A fault may be of this one alone; when the server is busy all wait. */
  private async pause(
    {afterMs, isFault}: Extract<Verdict, {kind: 'again'}>,
    {attempts}: OutboxItem,
  ): Promise<void> {
    const {retryDelayMs: minMs, maxRetryDelayMs: maxMs} = this.context.options;
    const waitMs = afterMs ?? backoffMs(attempts - 1, {minMs, maxMs});
    if (isFault) await delay(waitMs, this.context.signal);
    else {
      const until = performance.now() + waitMs;
      this.pausedUntil = Math.max(this.pausedUntil, until);
    }
  }
}
