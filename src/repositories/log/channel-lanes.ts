import {ChurnMap} from './churn-map';

/** A batch taken from the lanes; its channels are closed until `release`. */
export interface Batch<T> {
  readonly items: T[];
  release(): void;
}

/** The queue of a channel, for as long as there is something in it, or it is closed. */
interface Lane<T> {
  readonly channelId: string;
  items: T[];
  /** Whether a batch or a reservation has it. */
  isTaken: boolean;
  readonly reservations: (() => void)[];
}

/**
 * Queues by channel. A channel that is in a batch is passed over until the
 * batch is released, so that what was pushed first is stored first.
 */
export class ChannelLanes<T> {
  private readonly lanes = new ChurnMap<Lane<T>>();
  private ready: Lane<T>[] = [];
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
    const lane = this.laneOf(channelId);
    if (!lane.items.length && !lane.isTaken) this.ready.push(lane);
    lane.items.push(item);
  }

  /** @returns undefined when no channel is ready */
  takeBatch(): Batch<T> | undefined {
    const items: T[] = [];
    const lanes: Lane<T>[] = [];
    let weight = 0;
    for (const lane of this.ready) {
      if (items.length >= this.maxItems || weight >= this.maxWeight) break;
      let count = 0;
      while (
        count < lane.items.length &&
        items.length < this.maxItems &&
        weight < this.maxWeight
      ) {
        items.push(lane.items[count]);
        weight += this.weigh(lane.items[count++]);
      }
      lane.items = lane.items.slice(count);
      lanes.push(lane);
    }
    if (!items.length) return undefined;
    this.ready = this.ready.slice(lanes.length);
    this.size -= items.length;
    for (const lane of lanes) lane.isTaken = true;
    return {items, release: () => lanes.forEach(lane => this.release(lane))};
  }

  /**
   * Closes a channel to batches, once the batch or reservation before is
   * released. Whoever reserves several does so in the order of their ids.
   * @returns a function that opens the channel again
   */
  async reserve(channelId: string): Promise<() => void> {
    const lane = this.laneOf(channelId);
    // Behind those who wait, also while a batch has its turn between them.
    if (lane.isTaken || lane.reservations.length) {
      await new Promise<void>(resolve => lane.reservations.push(resolve));
    } else {
      lane.isTaken = true;
      this.ready = this.ready.filter(each => each !== lane);
    }
    return () => this.release(lane, lane.items.length > 0);
  }

  private laneOf(channelId: string): Lane<T> {
    const known = this.lanes.get(channelId);
    if (known) return known;
    const lane = {channelId, items: [], isTaken: false, reservations: []};
    this.lanes.set(channelId, lane);
    return lane;
  }

  /** @param isBatchNext - whether what waits in the lane goes before reservations */
  private release(lane: Lane<T>, isBatchNext = false): void {
    const next = isBatchNext ? undefined : lane.reservations.shift();
    if (next) {
      next();
      return;
    }
    lane.isTaken = false;
    if (lane.items.length) this.ready.push(lane);
    else this.lanes.delete(lane.channelId);
  }
}
