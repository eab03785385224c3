/** Remembers the latest of many ids: so many at least, and twice as many at most. */
export class RecentIds {
  private latest = new Set<string>();
  private former = new Set<string>();

  constructor(private readonly minIds: number) {}

  add(id: string): void {
    this.latest.add(id);
    if (this.latest.size < this.minIds) return;
    // Two sets, as to find the oldest of one that loses many takes long.
    this.former = this.latest;
    this.latest = new Set();
  }

  has(id: string): boolean {
    return this.latest.has(id) || this.former.has(id);
  }
}
