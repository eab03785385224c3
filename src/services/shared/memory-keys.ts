import type {SharedKeys} from './shared-keys';

/** Bounds the memory; the oldest are forgotten first. */
const MAX_KEYS = 10_000;

interface Kept {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** Shares with nobody: for a chat of one node. */
export class MemoryKeys implements SharedKeys {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly maxKeys = MAX_KEYS) {}

  async getMany(keys: readonly string[]): Promise<(string | undefined)[]> {
    return keys.map(key => this.get(key));
  }

  async set(
    key: string,
    value: string | Buffer,
    lifetimeMs: number,
  ): Promise<void> {
    this.kept.delete(key);
    this.kept.set(key, {
      value: value.toString(),
      endsAt: Date.now() + lifetimeMs,
    });
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.maxKeys) this.kept.delete(oldest);
  }

  private get(key: string): string | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    if (found.endsAt > Date.now()) return found.value;
    this.kept.delete(key);
    return undefined;
  }
}
