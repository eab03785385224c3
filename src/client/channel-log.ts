import type {Change} from './change';
import type {ChannelPosition} from './channel-position';
import {ToldChanges, type Numbers} from './told-changes';
import {WaitingChanges} from './waiting-changes';

type Start = Omit<ChannelPosition, 'channelId'>;

/**
 * Puts the changes of one channel in order: each is told once, none before
 * those with lower numbers. What comes too early waits until what precedes it
 * was asked for.
 */
export class ChannelLog {
  private told = new ToldChanges();
  private readonly waiting: WaitingChanges;
  /** The number of the last change that was told, with all before it. */
  cursor = 0;
  /** What is known to be there, though its content is not here. */
  private expected = 0;
  /** Whether live changes wait until what was missed is here. */
  isCatchingUp = true;
  /** Whether it is known where this client starts. */
  isStarted = false;
  /** Whether what comes first is the past, of which only new messages are told. */
  isFresh = false;

  constructor(
    readonly channelId: string,
    maxWaiting: number,
  ) {
    this.waiting = new WaitingChanges(maxWaiting);
  }

  get position(): ChannelPosition {
    const {channelId, cursor: changeSeq} = this;
    return {channelId, changeSeq, ...this.told.toJSON()};
  }

  /** What to ask with: what comes after is missing. */
  get askFrom(): number {
    if (this.isStarted) return this.cursor;
    const {first} = this.waiting;
    return Number.isFinite(first) ? first - 1 : 0;
  }

  /** Starts where a position says, but not after what waits already. */
  start({changeSeq, floor, above}: Start): void {
    this.cursor = Math.min(changeSeq, this.waiting.first - 1);
    const lowest = Math.min(floor, this.waiting.firstMessage - 1);
    this.told = new ToldChanges(lowest, above);
    this.isStarted = true;
  }

  /** Starts where a position says, whatever was before. */
  restart({changeSeq, floor, above}: Start): void {
    this.cursor = changeSeq;
    this.told = new ToldChanges(floor, above);
    this.expected = 0;
    this.isStarted = true;
  }

  /**
   * Takes a live change.
   * @returns whether something before it is missing and has to be asked for
   */
  take(change: Change): boolean {
    const {changeSeq} = change;
    if (this.isStarted && changeSeq <= this.cursor) {
      change.confirm();
      return false;
    }
    if (!this.isCatchingUp && changeSeq === this.cursor + 1) {
      this.apply(change);
      return false;
    }
    return this.waiting.add(change) ? this.noteGap() : this.expect(changeSeq);
  }

  /**
   * Hears that there is a change, but not what it says.
   * @returns whether it has to be asked for
   */
  expect(changeSeq: number): boolean {
    if (this.isStarted && changeSeq <= this.cursor) return false;
    this.expected = Math.max(this.expected, changeSeq);
    return this.noteGap();
  }

  /**
   * Takes a message in its present state.
   * @param upTo - what the answer is complete up to; the state may be newer
   * @returns what there is to be told; undefined when it is known
   */
  takeState(message: Numbers, upTo: number): 'new' | 'changed' | undefined {
    const {changeSeq = 0} = message;
    if (changeSeq <= this.cursor) return undefined;
    const what = this.told.takeState(message, upTo);
    if (changeSeq <= upTo) this.moveTo(changeSeq);
    return what;
  }

  /** Takes all up to a change as told. */
  moveTo(changeSeq: number): void {
    this.cursor = Math.max(this.cursor, changeSeq);
    this.told.passed(this.cursor);
  }

  /**
   * Goes on with what came meanwhile.
   * @param messageSeq - up to this number all messages there are were told
   * @returns whether something is missing still
   */
  catchUpEnds(messageSeq = 0): boolean {
    this.told.raise(messageSeq);
    this.isFresh = false;
    this.drain(() => this.cursor + 1);
    const isBehind = this.expected > this.cursor;
    this.isCatchingUp = isBehind || Number.isFinite(this.waiting.first);
    return this.isCatchingUp;
  }

  /** Goes on live from here: nothing before what waits is missing, or for good. */
  goLive(): void {
    this.drain(() => Infinity);
    this.expected = 0;
    this.isStarted = true;
    this.isFresh = false;
    this.isCatchingUp = false;
  }

  private noteGap(): boolean {
    const isKnown = this.isCatchingUp;
    this.isCatchingUp = true;
    return !isKnown;
  }

  private drain(highest: () => number): void {
    let change = this.waiting.shift(highest());
    while (change) {
      if (change.changeSeq <= this.cursor) change.confirm();
      else this.apply(change);
      change = this.waiting.shift(highest());
    }
  }

  private apply(change: Change): void {
    const isNew = this.told.takeChange(change);
    this.moveTo(change.changeSeq);
    if (!isNew || change.tell()) change.confirm();
  }
}
