/** Who acts: always taken from a verified token, never from a frame or body. */
export interface ChatUser {
  /** 1 to 64 characters; of a tenant, `tenant:id`. */
  readonly id: string;
  /** Whose users and channels the user has to do with; absent where there are none. */
  readonly tenant?: string;
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
