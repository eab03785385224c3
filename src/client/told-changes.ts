import {SeenNumbers} from './seen-numbers';

/** What tells changes and messages apart. */
export interface Numbers {
  readonly changeSeq?: number;
  /** Of a message, its number. */
  readonly seq?: number;
}

/** Remembers what was told of a channel besides what its cursor says. */
export class ToldChanges {
  private readonly messages: SeenNumbers;
  /** Beyond the cursor, but told already as part of a message's present state. */
  private readonly ahead = new Set<number>();

  constructor(floor = 0, above: readonly number[] = []) {
    this.messages = new SeenNumbers(floor, above);
  }

  /** Takes a live change. @returns whether it is still to be told */
  takeChange({changeSeq = 0, seq}: Numbers): boolean {
    const isAhead = this.ahead.delete(changeSeq);
    const isKnown = seq !== undefined && this.messages.has(seq);
    if (seq !== undefined) this.messages.add(seq);
    return !isAhead && !isKnown;
  }

  /**
   * Takes a message in its present state, which may be newer than the answer.
   * @returns what there is to be told; undefined when it is known
   */
  takeState(
    {changeSeq = 0, seq = 0}: Numbers,
    upTo: number,
  ): 'new' | 'changed' | undefined {
    if (this.ahead.has(changeSeq)) return undefined;
    if (changeSeq > upTo) this.ahead.add(changeSeq);
    if (this.messages.has(seq)) return 'changed';
    this.messages.add(seq);
    return 'new';
  }

  /** Takes all messages up to a number as told. */
  raise(floor: number): void {
    this.messages.raise(floor);
  }

  toJSON() {
    return this.messages.toJSON();
  }
}
