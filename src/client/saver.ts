import type {ChatStore, StoredName} from './chat-store';
import {delay} from './backoff';

/** A store that fails is asked again after this long. */
const RETRY_MS = 5000;

/** Writes to the store what changed: gathered, one write at a time. */
export class Saver {
  private readonly changed = new Map<StoredName, () => unknown>();
  private writing?: Promise<void>;
  /** Whether what was saved last has been read, and may be written over. */
  private isOpen = false;

  constructor(
    private readonly store: ChatStore | undefined,
    private readonly delayMs: number,
    private readonly signal: AbortSignal,
    private readonly onError: (err: unknown) => void,
  ) {}

  /** @returns undefined when nothing was saved, or nothing that can be read */
  async load(name: StoredName): Promise<unknown> {
    try {
      const text = await this.store?.load(name);
      return text ? JSON.parse(text) : undefined;
    } catch (err) {
      this.onError(err);
      return undefined;
    }
  }

  /** Writes from now on. */
  open(): void {
    this.isOpen = true;
    if (this.changed.size) this.writing ??= this.write();
  }

  /** Has what `snapshot` then gives written soon. */
  save(name: StoredName, snapshot: () => unknown): void {
    if (!this.store) return;
    this.changed.set(name, snapshot);
    if (this.isOpen) this.writing ??= this.write();
  }

  /** Writes all that has changed, where the store takes it, without waiting. */
  async flush(): Promise<void> {
    await this.writing;
    if (this.isOpen) await this.writeAll();
  }

  /** What the store did not take is written again, until the signal is aborted. */
  private async write(): Promise<void> {
    let waitMs = this.delayMs;
    while (this.changed.size) {
      await delay(waitMs, this.signal);
      await this.writeAll();
      if (this.signal.aborted) break;
      waitMs = RETRY_MS;
    }
    this.writing = undefined;
  }

  /** Each once; one that fails is still to be written. */
  private async writeAll(): Promise<void> {
    const failed: [StoredName, () => unknown][] = [];
    for (;;) {
      const [next] = this.changed;
      if (!next) break;
      const [name, snapshot] = next;
      this.changed.delete(name);
      try {
        await this.store?.save(name, JSON.stringify(snapshot()));
      } catch (err) {
        failed.push(next);
        this.onError(err);
      }
    }
    for (const [name, snapshot] of failed) this.changed.set(name, snapshot);
  }
}
