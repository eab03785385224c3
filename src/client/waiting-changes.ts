import type {Change} from './change';

/** Changes that came before those that precede them. */
export class WaitingChanges {
  private readonly changes = new Map<number, Change>();

  constructor(private readonly maxChanges: number) {}

  /** The lowest number of them; Infinity when there is none. */
  get first(): number {
    return Math.min(...this.changes.keys());
  }

  /** The lowest number of the messages among them; Infinity when there is none. */
  get firstMessage(): number {
    const seqs = [...this.changes.values()].map(({seq}) => seq ?? Infinity);
    return Math.min(...seqs);
  }

  /** @returns false when there is no room */
  add(change: Change): boolean {
    if (this.changes.size >= this.maxChanges) return false;
    this.changes.set(change.changeSeq, change);
    return true;
  }

  /** Takes out the one with the lowest number, unless that is higher. */
  shift(highest: number): Change | undefined {
    const {first} = this;
    const change = first <= highest ? this.changes.get(first) : undefined;
    this.changes.delete(change?.changeSeq ?? NaN);
    return change;
  }
}
