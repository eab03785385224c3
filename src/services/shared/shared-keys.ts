/**
 * What the nodes of one chat share besides the database: texts that end by
 * themselves. It may be away, and may forget.
 */
export interface SharedKeys {
  /** @returns in the order of the keys; undefined where there is none */
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;
  /** @param lifetimeMs - after which it is gone */
  set(key: string, value: string | Buffer, lifetimeMs: number): Promise<void>;
}
