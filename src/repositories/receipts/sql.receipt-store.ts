import {isOfChannel} from '../conversations/channel-range';
import {retrying} from '../log/retrying';
import type {RowQuery} from '../rows/row-source';
import {SqlParams} from '../rows/sql-where';
import type {SqlRowSource} from '../rows/sql.row-source';
import type {SqlRunner, SqlTransaction} from '../sql-runner';
import type {CursorAdvance} from './cursor-advance';
import {
  isReadMoved,
  type CursorMove,
  type CursorWork,
  type MessagePlace,
  type MovedCursor,
  type ReceiptStore,
} from './receipt-store';

/** Bound the text of one statement. */
const MAX_RANGES = 100;
const MAX_FLAGS = 1000;

/** {@link ReceiptStore} by a fixed number of statements, in either dialect. */
export class SqlReceiptStore implements ReceiptStore {
  constructor(
    private readonly sql: SqlRunner,
    private readonly cursors: CursorAdvance,
    private readonly rows: SqlRowSource,
  ) {}

  async move(
    moves: readonly CursorMove[],
    work?: CursorWork,
  ): Promise<MovedCursor[]> {
    const isRead = moves.some(({readSeq}) => readSeq !== undefined);
    const isAlone = !isRead && !work && this.cursors.isAtomic;
    const targets = await this.cursors.lookUp(moves);
    return retrying(() =>
      isAlone
        ? this.cursors.advance(targets)
        : this.sql.transaction(tx => this.attempt(targets, work, tx)),
    );
  }

  async newestOf(query: RowQuery): Promise<MessagePlace[]> {
    const params = new SqlParams(this.sql.dialect);
    const rows = await this.sql.query(
      `SELECT m.channel_id, MAX(m.seq) AS seq
       FROM ${this.sql.table('messages')} m
       WHERE m.id IN (
         SELECT message_id FROM ${this.sql.table('message_recipients')}
         WHERE ${this.rows.condition(query, params)})
       GROUP BY m.channel_id`,
      params.values,
    );
    return rows.map(({channel_id: channelId, seq}) => ({
      channelId: String(channelId),
      seq: Number(seq),
    }));
  }

  /**
   * Flags are written by statements of their own after the lock: one that had
   * to wait for it would not see rows that were stored meanwhile.
   */
  private async attempt(
    targets: unknown,
    work: CursorWork | undefined,
    tx: SqlTransaction,
  ): Promise<MovedCursor[]> {
    const cursors = await this.cursors.advance(targets, tx);
    await work?.(cursors, tx);
    const read = cursors.filter(isReadMoved);
    for (let start = 0; start < read.length; start += MAX_RANGES) {
      await this.flag(read.slice(start, start + MAX_RANGES), tx);
    }
    return cursors;
  }

  /** Marks the members' own rows of what the cursors have passed. */
  private async flag(
    cursors: readonly MovedCursor[],
    tx: SqlTransaction,
  ): Promise<void> {
    const selected = new SqlParams(this.sql.dialect);
    const ranges = cursors.map(cursor => this.unread(selected, cursor));
    const rows = await this.sql.query(
      ranges.join(' UNION ALL '),
      selected.values,
      tx,
    );
    const ids = rows.map(({id}) => String(id)).sort();
    for (let start = 0; start < ids.length; start += MAX_FLAGS) {
      await this.mark(ids.slice(start, start + MAX_FLAGS), tx);
    }
  }

  /** By constants: MySQL would look at, and lock, each row for a subselect. */
  private async mark(ids: readonly string[], tx: SqlTransaction) {
    const params = new SqlParams(this.sql.dialect);
    const now = params.add(new Date());
    const listed = ids.map(id => params.add(id)).join(', ');
    await this.sql.execute(
      `UPDATE ${this.sql.table('message_recipients')}
       SET is_read = TRUE, modified_by = recipient_id, modified_on = ${now}
       WHERE id IN (${listed}) AND NOT is_read AND NOT deleted`,
      params.values,
      tx,
    );
  }

  /** Selects by constants: MySQL has no range of an index by another table's columns. */
  private unread(
    params: SqlParams,
    {channelId, userId, readSeq, before}: MovedCursor,
  ): string {
    return `SELECT r.id
      FROM ${this.sql.table('messages')} m
      JOIN ${this.sql.table('message_recipients')} r ON r.message_id = m.id
      WHERE ${isOfChannel(this.sql, params, channelId, 'm.channel_id')}
        AND m.seq > ${params.add(before.readSeq)}
        AND m.seq <= ${params.add(readSeq)}
        AND r.recipient_id = ${params.add(userId)}
        AND NOT r.is_read AND NOT r.deleted`;
  }
}
