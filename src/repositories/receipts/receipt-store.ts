import type {RowQuery} from '../rows/row-source';
import type {SqlTransaction} from '../sql-runner';

/** How far a user has received or read a channel now, as the user says. */
export interface CursorMove {
  readonly channelId: string;
  readonly userId: string;
  readonly receivedSeq?: number;
  readonly readSeq?: number;
}

/** A member's cursor after a move. */
export interface MovedCursor {
  readonly channelId: string;
  readonly channelType: string;
  readonly userId: string;
  readonly receivedSeq: number;
  readonly readSeq: number;
  /** What it was before; the same where the move was behind it. */
  readonly before: {readonly receivedSeq: number; readonly readSeq: number};
}

/** A message by its number. */
export interface MessagePlace {
  readonly channelId: string;
  readonly seq: number;
}

/** What else is written while the cursors are held; may run again. */
export type CursorWork = (
  cursors: readonly MovedCursor[],
  tx?: SqlTransaction,
) => Promise<void>;

/**
 * Moves members' cursors, which only go forward, and no further than the
 * channel's newest message. Whatever is read by a cursor is so by the user's own
 * recipient rows too, from the same moment.
 */
export interface ReceiptStore {
  /**
   * @param moves - one of a member at most
   * @param work - written in the same transaction, as nobody else moves these
   *   cursors; it may rely on them
   * @returns the cursors of those who are members, in no order
   */
  move(moves: readonly CursorMove[], work?: CursorWork): Promise<MovedCursor[]>;
  /** @returns by channel, the newest message of the selected recipient rows */
  newestOf(query: RowQuery): Promise<MessagePlace[]>;
}

/** Tells whether `readSeq` has moved. */
export function isReadMoved({readSeq, before}: MovedCursor): boolean {
  return readSeq > before.readSeq;
}
