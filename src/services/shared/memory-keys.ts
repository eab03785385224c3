import type {SharedKeys} from './shared-keys';

/** Bounds the memory; the oldest are forgotten first. */
const MAX_KEYS = 10_000;
const MAX_CHARS = 32 * 1024 * 1024;

interface Kept {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** Shares with nobody: for a chat of one node. */
export class MemoryKeys implements SharedKeys {
  private readonly kept = new Map<string, Kept>();
  private chars = 0;

  constructor(private readonly maxKeys = MAX_KEYS) {}

  async getMany(keys: readonly string[]): Promise<(string | undefined)[]> {
    return keys.map(key => this.get(key));
  }

  async set(
    key: string,
    value: string | Buffer,
    lifetimeMs: number,
  ): Promise<void> {
    this.delete(key);
    const text = value.toString();
    this.kept.set(key, {value: text, endsAt: Date.now() + lifetimeMs});
    this.chars += text.length;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.maxKeys && this.chars <= MAX_CHARS) return;
      this.delete(oldest);
    }
  }

  private get(key: string): string | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    if (found.endsAt > Date.now()) return found.value;
    this.delete(key);
    return undefined;
  }

  private delete(key: string): void {
    this.chars -= this.kept.get(key)?.value.length ?? 0;
    this.kept.delete(key);
  }
}
