/** Counts the connections of each user, those being made too. */
export class ConnectionCounter {
  private readonly counts = new Map<string, number>();

  constructor(private readonly maxPerUser: number) {}

  /** @returns false when the user has as many as allowed; then nothing is counted */
  add(userId: string): boolean {
    const count = this.counts.get(userId) ?? 0;
    if (count >= this.maxPerUser) return false;
    this.counts.set(userId, count + 1);
    return true;
  }

  /** Takes back one that was added. */
  remove(userId: string): void {
    const count = (this.counts.get(userId) ?? 0) - 1;
    if (count > 0) this.counts.set(userId, count);
    else this.counts.delete(userId);
  }
}
