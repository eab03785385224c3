import {SqlParams} from '../rows/sql-where';
import type {SqlRow, SqlRunner, SqlTransaction} from '../sql-runner';
import {toTarget, type CursorAdvance} from './cursor-advance';
import type {CursorMove, MovedCursor} from './receipt-store';

// Ids compare by their bytes: 'Ann' and 'ann' are two users.
const ID = (name: string) =>
  `${name} VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$.${name}'`;
const MOVES = `JSON_TABLE(?, '$[*]' COLUMNS (${ID('channel_id')}, ${ID('user_id')},
  received_seq INT PATH '$.received_seq', read_seq INT PATH '$.read_seq')) AS a`;

/** A member, and how far they are to come. */
interface Target {
  readonly id: string;
  readonly receivedSeq: number;
  readonly readSeq: number;
}

/** By the ids of the members' rows. */
type Targets = ReadonlyMap<string, Target>;

/**
 * Moves cursors by three statements, whatever their number. Rows are locked by
 * their primary keys in this order and nothing else is: InnoDB locks what it
 * looks at, and whoever sends has the channel locked.
 */
export class MysqlAdvance implements CursorAdvance<Targets> {
  readonly isAtomic = false;
  private readonly members: string;

  constructor(private readonly sql: SqlRunner) {
    this.members = sql.table('chat_channel_members');
  }

  async advance(targets: Targets, tx?: SqlTransaction): Promise<MovedCursor[]> {
    if (!targets.size) return [];
    const cursors = await this.lock(targets, tx);
    const moved = cursors.filter(
      ({receivedSeq, readSeq, before}) =>
        receivedSeq > before.receivedSeq || readSeq > before.readSeq,
    );
    if (moved.length) await this.write(moved, tx);
    return cursors.map(({id, ...cursor}) => cursor);
  }

  /**
   * Not within the transaction, which sees from its first plain reading on what
   * was stored by then: that has to be after the lock.
   */
  async lookUp(moves: readonly CursorMove[]): Promise<Targets> {
    const rows = await this.sql.query(
      `SELECT k.id, c.message_seq, a.received_seq, a.read_seq
       FROM ${MOVES}
       JOIN ${this.members} k
         ON k.channel_id = a.channel_id AND k.user_id = a.user_id
       JOIN ${this.sql.table('chat_channels')} c
         ON c.id = k.channel_id AND NOT c.deleted`,
      [JSON.stringify(moves.map(toTarget))],
    );
    return new Map(
      rows.map(row => {
        const [size, received, read] = [
          ...[row.message_seq, row.received_seq, row.read_seq],
        ].map(Number);
        const id = String(row.id);
        const receivedSeq = Math.min(received, size);
        return [id, {id, receivedSeq, readSeq: Math.min(read, size)}];
      }),
    );
  }

  private async lock(targets: Targets, tx?: SqlTransaction) {
    const params = new SqlParams('mysql');
    const ids = [...targets.keys()].sort().map(id => params.add(id));
    const rows = await this.sql.query(
      `SELECT id, channel_id, channel_type, user_id, received_seq, read_seq
       FROM ${this.members} WHERE id IN (${ids.join(', ')})
       ORDER BY id FOR UPDATE`,
      params.values,
      tx,
    );
    return rows.map(row => toCursor(row, targets.get(String(row.id))));
  }

  private async write(
    moved: readonly Target[],
    tx?: SqlTransaction,
  ): Promise<void> {
    const params = new SqlParams('mysql');
    const furthest = (column: string, seqOf: (target: Target) => number) => {
      const cases = moved.map(
        target =>
          `WHEN ${params.add(target.id)} THEN ${params.add(seqOf(target))}`,
      );
      return `${column} = GREATEST(${column}, CASE id ${cases.join(' ')} END)`;
    };
    const changes = [
      furthest('received_seq', ({receivedSeq}) => receivedSeq),
      furthest('read_seq', ({readSeq}) => readSeq),
    ];
    const ids = moved.map(({id}) => params.add(id));
    await this.sql.execute(
      `UPDATE ${this.members} SET ${changes.join(', ')}
       WHERE id IN (${ids.join(', ')})`,
      params.values,
      tx,
    );
  }
}

function toCursor(row: SqlRow, target?: Target): MovedCursor & {id: string} {
  const before = {
    receivedSeq: Number(row.received_seq),
    readSeq: Number(row.read_seq),
  };
  return {
    id: String(row.id),
    channelId: String(row.channel_id),
    channelType: String(row.channel_type),
    userId: String(row.user_id),
    receivedSeq: Math.max(before.receivedSeq, target?.receivedSeq ?? 0),
    readSeq: Math.max(before.readSeq, target?.readSeq ?? 0),
    before,
  };
}
