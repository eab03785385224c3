/** A batch taken from the lanes; its channels are closed until `release`. */
export interface Batch<T> {
  readonly items: T[];
  release(): void;
}

/**
 * Queues by channel. A channel that is in a batch is passed over until the
 * batch is released, so that what was pushed first is stored first.
 */
export class ChannelLanes<T> {
  private readonly lanes = new Map<string, T[]>();
  private readonly taken = new Set<string>();
  private readonly reservations = new Map<string, (() => void)[]>();
  private ready: string[] = [];
  private size = 0;

  /** @param maxWeight - a batch is closed once it weighs more than this */
  constructor(
    private readonly maxItems: number,
    private readonly maxWeight: number,
    private readonly weigh: (item: T) => number,
  ) {}

  /** How many items no batch has taken yet. */
  get waiting(): number {
    return this.size;
  }

  push(channelId: string, item: T): void {
    this.size++;
    const lane = this.lanes.get(channelId);
    if (lane) {
      lane.push(item);
      return;
    }
    this.lanes.set(channelId, [item]);
    if (!this.taken.has(channelId)) this.ready.push(channelId);
  }

  /** @returns undefined when no channel is ready */
  takeBatch(): Batch<T> | undefined {
    const items: T[] = [];
    const channelIds: string[] = [];
    let weight = 0;
    for (const channelId of this.ready) {
      if (items.length >= this.maxItems || weight >= this.maxWeight) break;
      const lane = this.lanes.get(channelId) ?? [];
      let count = 0;
      while (
        count < lane.length &&
        items.length < this.maxItems &&
        weight < this.maxWeight
      ) {
        items.push(lane[count]);
        weight += this.weigh(lane[count++]);
      }
      this.shorten(channelId, lane, count);
      channelIds.push(channelId);
    }
    if (!items.length) return undefined;
    this.ready = this.ready.slice(channelIds.length);
    this.size -= items.length;
    for (const channelId of channelIds) this.taken.add(channelId);
    return {items, release: () => this.release(channelIds)};
  }

  /**
   * Closes a channel to batches, once the batch or reservation before is
   * released. Whoever reserves several does so in the order of their ids.
   * @returns a function that opens the channel again
   */
  async reserve(channelId: string): Promise<() => void> {
    // Behind those who wait, also while a batch has its turn between them.
    if (this.taken.has(channelId) || this.reservations.has(channelId)) {
      await new Promise<void>(resolve => {
        const queue = this.reservations.get(channelId);
        if (queue) queue.push(resolve);
        else this.reservations.set(channelId, [resolve]);
      });
    } else {
      this.taken.add(channelId);
      this.ready = this.ready.filter(id => id !== channelId);
    }
    return () => this.release([channelId], this.lanes.has(channelId));
  }

  private shorten(channelId: string, lane: T[], count: number): void {
    if (count === lane.length) this.lanes.delete(channelId);
    else this.lanes.set(channelId, lane.slice(count));
  }

  /** @param isBatchNext - whether what waits in the lane goes before reservations */
  private release(channelIds: string[], isBatchNext = false): void {
    for (const channelId of channelIds) {
      if (isBatchNext) {
        this.taken.delete(channelId);
        this.ready.push(channelId);
        continue;
      }
      const queue = this.reservations.get(channelId);
      const next = queue?.shift();
      if (!queue?.length) this.reservations.delete(channelId);
      if (next) {
        next();
        continue;
      }
      this.taken.delete(channelId);
      if (this.lanes.has(channelId)) this.ready.push(channelId);
    }
  }
}
