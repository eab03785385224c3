import type {SqlRunner, SqlTransaction} from '../sql-runner';
import {toTarget, type CursorAdvance} from './cursor-advance';
import type {CursorMove, MovedCursor} from './receipt-store';

/** Moves cursors by one statement, whatever their number. */
export class PostgresAdvance implements CursorAdvance<readonly CursorMove[]> {
  readonly isAtomic = true;
  private readonly text: string;

  constructor(private readonly sql: SqlRunner) {
    const members = sql.table('chat_channel_members');
    // Locked in the order of the ids, so that two nodes never wait for each
    // other; a row that had to be waited for is read as it is then. Of arrays
    // the planner knows how long they are, of JSON it does not.
    this.text = `
      WITH held AS (
        SELECT k.id, k.channel_id, k.channel_type, k.user_id,
          k.received_seq AS received_before, k.read_seq AS read_before,
          least(a.received_seq, c.message_seq) AS received_seq,
          least(a.read_seq, c.message_seq) AS read_seq
        FROM unnest($1::varchar[], $2::varchar[], $3::int[], $4::int[])
          AS a(channel_id, user_id, received_seq, read_seq)
        JOIN ${members} k
          ON k.channel_id = a.channel_id AND k.user_id = a.user_id
        JOIN ${sql.table('chat_channels')} c
          ON c.id = k.channel_id AND NOT c.deleted
        ORDER BY k.id
        FOR NO KEY UPDATE OF k
      ), moved AS (
        UPDATE ${members} k
        SET received_seq = greatest(k.received_seq, h.received_seq),
            read_seq = greatest(k.read_seq, h.read_seq)
        FROM held h
        WHERE k.id = h.id AND (
          h.received_seq > h.received_before OR h.read_seq > h.read_before)
      )
      SELECT channel_id, channel_type, user_id, received_before, read_before,
        greatest(received_seq, received_before) AS received_seq,
        greatest(read_seq, read_before) AS read_seq
      FROM held`;
  }

  async lookUp(moves: readonly CursorMove[]): Promise<readonly CursorMove[]> {
    return moves;
  }

  async advance(
    moves: readonly CursorMove[],
    tx?: SqlTransaction,
  ): Promise<MovedCursor[]> {
    const targets = moves.map(toTarget);
    const params = [
      targets.map(target => target.channel_id),
      targets.map(target => target.user_id),
      targets.map(target => target.received_seq),
      targets.map(target => target.read_seq),
    ];
    const rows = await this.sql.query(this.text, params, tx);
    return rows.map(row => ({
      channelId: String(row.channel_id),
      channelType: String(row.channel_type),
      userId: String(row.user_id),
      receivedSeq: Number(row.received_seq),
      readSeq: Number(row.read_seq),
      before: {
        receivedSeq: Number(row.received_before),
        readSeq: Number(row.read_before),
      },
    }));
  }
}
