/** Who acts: always taken from a verified token, never from a frame or body. */
export interface ChatUser {
  /** 1 to 64 characters. */
  readonly id: string;
  readonly account?: string;
  /** Permission keys, by name or number. */
  readonly permissions: readonly string[];
}

/** Where an operator's lines go; winston's logger and `console` fit. */
export interface ChatLogger {
  error(message: string, context?: object): unknown;
  warn(message: string, context?: object): unknown;
  info(message: string, context?: object): unknown;
}
