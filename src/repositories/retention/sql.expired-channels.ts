import type {SqlParams} from '../rows/sql-where';
import type {SqlRunner} from '../sql-runner';
import {TableWalk} from '../table-walk';
import type {ExpiredChannels, TimeSpan} from './expired-channels';

/** Channels that one statement looks at, each by one look into an index. */
const WINDOW = 1000;

/** {@link ExpiredChannels} by the index of messages by channel and time. */
export class SqlExpiredChannels implements ExpiredChannels {
  private readonly walk: TableWalk;

  constructor(private readonly sql: SqlRunner) {
    this.walk = new TableWalk(sql, WINDOW);
  }

  async *ofType(type: string, written: TimeSpan): AsyncGenerator<string[]> {
    const pages = this.walk.rows(
      this.sql.table('chat_channels'),
      'id',
      params =>
        `type = ${params.add(type)} AND ${this.wasActive(params, written)}
         AND ${this.hasMessage(params, written)}`,
    );
    for await (const rows of pages) yield rows.map(({id}) => String(id));
  }

  private wasActive(params: SqlParams, {from}: TimeSpan): string {
    return from
      ? `(active_on IS NULL OR active_on >= ${params.add(from)})`
      : 'TRUE';
  }

  /** By LIMIT, it is one look for each channel and never a join of the tables. */
  private hasMessage(params: SqlParams, {from, until}: TimeSpan): string {
    const channels = this.sql.table('chat_channels');
    return `(SELECT m.seq FROM ${this.sql.table('messages')} m
       WHERE m.channel_id = ${channels}.id
         AND m.created_on < ${params.add(until)}
         ${from ? `AND m.created_on >= ${params.add(from)}` : ''}
         AND NOT m.deleted
       ORDER BY m.created_on LIMIT 1) IS NOT NULL`;
  }
}
