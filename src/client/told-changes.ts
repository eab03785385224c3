import {SeenNumbers} from './seen-numbers';

/** What tells changes and messages apart. */
export interface Numbers {
  readonly changeSeq?: number;
  /** Of a new message, its number. */
  readonly seq?: number;
  /** Which message it is about, if any. */
  readonly messageId?: string;
}

/** Remembers what was told of a channel besides what its cursor says. */
export class ToldChanges {
  private readonly messages: SeenNumbers;
  /** Of messages told in a state that is beyond the cursor: up to which change. */
  private readonly ahead = new Map<string, number>();

  constructor(floor = 0, above: readonly number[] = []) {
    this.messages = new SeenNumbers(floor, above);
  }

  /** Takes a live change. @returns whether it is still to be told */
  takeChange({changeSeq = 0, seq, messageId = ''}: Numbers): boolean {
    const isAhead = changeSeq <= this.aheadOf(messageId);
    const isKnown = seq !== undefined && this.messages.has(seq);
    if (seq !== undefined) this.messages.add(seq);
    return !isAhead && !isKnown;
  }

  /**
   * Takes a message in its present state, which may be newer than the answer.
   * @returns what there is to be told; undefined when it is known
   */
  takeState(
    {changeSeq = 0, seq = 0, messageId = ''}: Numbers,
    upTo: number,
  ): 'new' | 'changed' | undefined {
    if (changeSeq <= this.aheadOf(messageId)) return undefined;
    if (changeSeq > upTo) this.ahead.set(messageId, changeSeq);
    if (this.messages.has(seq)) return 'changed';
    this.messages.add(seq);
    return 'new';
  }

  /** Forgets what lies behind the cursor, where nothing is told any more. */
  passed(cursor: number): void {
    for (const [messageId, changeSeq] of this.ahead) {
      if (changeSeq <= cursor) this.ahead.delete(messageId);
    }
  }

  /** Takes all messages up to a number as told. */
  raise(floor: number): void {
    this.messages.raise(floor);
  }

  toJSON() {
    return this.messages.toJSON();
  }

  private aheadOf(messageId: string): number {
    return this.ahead.get(messageId) ?? 0;
  }
}
