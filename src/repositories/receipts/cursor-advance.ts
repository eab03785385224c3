import type {SqlTransaction} from '../sql-runner';
import type {CursorMove, MovedCursor} from './receipt-store';

/** Writes moves into the members' rows, which stay locked for the transaction. */
export interface CursorAdvance<T = unknown> {
  /** Whether `advance` may be run by itself, as one statement. */
  readonly isAtomic: boolean;
  /**
   * Looks up what it takes, before the transaction: within it another connection
   * would be waited for, which all may do at once.
   */
  lookUp(moves: readonly CursorMove[]): Promise<T>;
  advance(targets: T, tx?: SqlTransaction): Promise<MovedCursor[]>;
}

/** Names what a move asks for as the columns are; what is read is received too. */
export function toTarget({
  channelId,
  userId,
  receivedSeq = 0,
  readSeq = 0,
}: CursorMove) {
  return {
    channel_id: channelId,
    user_id: userId,
    received_seq: Math.max(receivedSeq, readSeq),
    read_seq: readSeq,
  };
}
