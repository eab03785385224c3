/** Remembers the latest of many keys. */
export class RecentKeys {
  private readonly keys = new Set<string>();

  constructor(private readonly maxKeys: number) {}

  /** @returns false when it is here already */
  add(key: string): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    if (this.keys.size > this.maxKeys) {
      const [oldest] = this.keys;
      this.keys.delete(oldest);
    }
    return true;
  }
}
