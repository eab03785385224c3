/** What a {@link ChatStore} keeps apart. */
export type StoredName = 'outbox' | 'channels';

/**
 * Where a client keeps what is to outlast it: unsent messages and cursors. It
 * belongs to one account, and to one client at a time: two tabs that share one
 * write over each other's. In a browser:
 *
 * ```ts
 * const store: ChatStore = {
 *   load: name => localStorage.getItem(`chat:${userId}:${name}`),
 *   save: (name, text) => localStorage.setItem(`chat:${userId}:${name}`, text),
 * };
 * ```
 */
export interface ChatStore {
  /** @returns what was saved last; null or undefined when nothing was */
  load(
    name: StoredName,
  ): string | null | undefined | Promise<string | null | undefined>;
  /** Keeps a text in place of the last; never called again before it is done. */
  save(name: StoredName, text: string): void | Promise<void>;
}
