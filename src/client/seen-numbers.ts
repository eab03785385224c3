/** Remembers numbers from 1 on; those without a gap take no room. */
export class SeenNumbers {
  private readonly above: Set<number>;

  /**
   * @param floor - all up to here are seen
   * @param above - seen beyond it
   */
  constructor(
    private floor = 0,
    above: readonly number[] = [],
  ) {
    this.above = new Set(above);
  }

  has(number: number): boolean {
    return number <= this.floor || this.above.has(number);
  }

  add(number: number): void {
    if (this.has(number)) return;
    this.above.add(number);
    this.raise(this.floor);
  }

  /** Takes all up to a number as seen. */
  raise(floor: number): void {
    this.floor = Math.max(this.floor, floor);
    for (const number of this.above) {
      if (number <= this.floor) this.above.delete(number);
    }
    while (this.above.delete(this.floor + 1)) this.floor++;
  }

  toJSON(): {floor: number; above: number[]} {
    return {floor: this.floor, above: [...this.above]};
  }
}
