/** Counts connections by their user or network, those being made too. */
export class ConnectionCounter {
  private readonly counts = new Map<string, number>();

  constructor(private readonly max: number) {}

  /** How many there are of a user or network. */
  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  /** @returns false when there are as many as allowed; then nothing is counted */
  add(key: string): boolean {
    const count = this.of(key);
    if (count >= this.max) return false;
    this.counts.set(key, count + 1);
    return true;
  }

  /** Takes back one that was added. */
  remove(key: string): void {
    const count = this.of(key) - 1;
    if (count > 0) this.counts.set(key, count);
    else this.counts.delete(key);
  }
}
