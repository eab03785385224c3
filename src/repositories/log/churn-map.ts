/** A new table is begun when so many of the keys in it are gone. */
const MIN_GONE = 1024;

/**
 * A map whose entries come and go all the time, and the garbage collector does not
 * notice. V8 links each table that a `Map` has outgrown to the later ones; once one
 * has grown old, all that was in them stays until the next full collection, and is
 * copied meanwhile.
 */
export class ChurnMap<V extends object> {
  private entries = new Map<string, V | undefined>();
  private live = 0;

  get(key: string): V | undefined {
    return this.entries.get(key);
  }

  set(key: string, value: V): void {
    if (!this.get(key)) this.live++;
    this.entries.set(key, value);
  }

  delete(key: string): void {
    if (!this.get(key)) return;
    this.live--;
    this.entries.set(key, undefined);
    const gone = this.entries.size - this.live;
    if (gone >= MIN_GONE && gone >= this.live) this.renew();
  }

  private renew(): void {
    const {entries} = this;
    this.entries = new Map();
    for (const [key, value] of entries) {
      if (value) this.entries.set(key, value);
    }
  }
}
