interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Runs so many tasks of a key at once; more wait in the order in which they came.
 * Keys do not wait for each other.
 */
export class TurnLimiter {
  /** Of the keys that have something running. */
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly maxAtOnce: number) {}

  /** @returns what the task returns, or throws, in its turn */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const lane = this.laneOf(key);
    if (lane.running < this.maxAtOnce) lane.running++;
    else await new Promise<void>(resolve => lane.waiting.push(resolve));
    try {
      return await task();
    } finally {
      // Whoever waited longest takes the place; it stays counted.
      const next = lane.waiting.shift();
      if (next) next();
      else if (--lane.running === 0) this.lanes.delete(key);
    }
  }

  private laneOf(key: string): Lane {
    const known = this.lanes.get(key);
    if (known) return known;
    const lane = {running: 0, waiting: []};
    this.lanes.set(key, lane);
    return lane;
  }
}
