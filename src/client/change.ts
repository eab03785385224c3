/** One numbered change of a channel. */
export interface Change {
  readonly changeSeq: number;
  /** Of a new message, its number. */
  readonly seq?: number;
  /** Which message it is about, if any. */
  readonly messageId?: string;
  /** Tells the listeners. @returns false when one of them failed */
  tell(): boolean;
  /** Tells the server that it has arrived. */
  confirm(): void;
}
