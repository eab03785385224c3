import {v7 as uuidv7} from 'uuid';
import type {SqlRow, SqlRunner} from '../sql-runner';
import {toAppended, toBatchJson} from './batch-json';
import {
  DuplicateMessageError,
  type Appended,
  type MessageAppender,
  type NewChannel,
  type NewMessage,
} from './message-appender';
import {postgresAppendSql} from './postgres-append-sql';
import {classifyStoreError} from './store-error';

/** Appends by one statement a batch, so that one round trip carries many messages. */
export class PostgresAppender implements MessageAppender {
  private readonly openSql: string;
  private readonly appendSql: string;
  private readonly appendOneSql: string;
  private readonly lockSql: string;

  constructor(private readonly sql: SqlRunner) {
    const channels = sql.table('chat_channels');
    const members = sql.table('chat_channel_members');

    this.openSql = `
      WITH opened AS (
        INSERT INTO ${channels} (id, type, created_by, created_on, active_on)
        SELECT DISTINCT channel_id, type, created_by, $2::timestamptz,
          $2::timestamptz
        FROM json_to_recordset($1::json)
          AS c(channel_id varchar, type varchar, created_by varchar)
        ORDER BY channel_id
        ON CONFLICT (id) DO NOTHING
        RETURNING id
      )
      INSERT INTO ${members} (id, channel_id, user_id, channel_type, created_on)
      SELECT m.id, m.channel_id, m.user_id, m.type, $2::timestamptz
      FROM json_to_recordset($1::json)
        AS m(id uuid, channel_id varchar, user_id varchar, type varchar)
      JOIN opened ON opened.id = m.channel_id
      RETURNING channel_id`;

    this.lockSql = `
      SELECT id FROM ${channels} WHERE id = ANY($1::varchar[])
      ORDER BY id FOR NO KEY UPDATE`;

    this.appendSql = postgresAppendSql(sql, false);
    this.appendOneSql = postgresAppendSql(sql, true);
  }

  async open(channels: readonly NewChannel[], at: Date): Promise<string[]> {
    const members = channels.flatMap(channel =>
      channel.memberIds.map(userId => ({
        id: uuidv7(),
        channel_id: channel.id,
        user_id: userId,
        type: channel.type,
        created_by: channel.createdBy,
      })),
    );
    const rows = await this.sql.query(this.openSql, [
      JSON.stringify(members),
      at,
    ]);
    return [...new Set(rows.map(row => String(row.channel_id)))];
  }

  async append(
    messages: readonly NewMessage[],
    at: Date,
    isLocked = false,
  ): Promise<Appended> {
    const params = [toBatchJson(messages), at];
    const isOne = messages.length === 1;
    const text = isOne ? this.appendOneSql : this.appendSql;
    try {
      const rows = isLocked
        ? await this.appendLocked(messages, params)
        : await this.sql.prepared(text, params);
      return toAppended(rows);
    } catch (err) {
      throw classifyStoreError(err) === 'duplicate'
        ? new DuplicateMessageError(err)
        : err;
    }
  }

  /** What a statement sees after the one that waited, nobody changes any more. */
  private appendLocked(
    messages: readonly NewMessage[],
    params: unknown[],
  ): Promise<SqlRow[]> {
    const ids = [...new Set(messages.map(({channelId}) => channelId))];
    return this.sql.transaction(async tx => {
      await this.sql.query(this.lockSql, [ids], tx);
      return this.sql.query(this.appendSql, params, tx);
    });
  }
}
