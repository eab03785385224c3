import {Message} from '../../models';
import {SqlParams} from '../rows/sql-where';
import type {SqlRow, SqlRunner} from '../sql-runner';
import {retrying} from '../log/retrying';
import {TableWalk} from '../table-walk';
import type {FoundMessage, Renaming, UserModel, UserRows} from './user-rows';

/** Most rows that one statement changes. */
const MAX_CHANGED = 500;

/** {@link UserRows} by walks through the tables. */
export class SqlUserRows implements UserRows {
  private readonly walk: TableWalk;

  constructor(private readonly sql: SqlRunner) {
    this.walk = new TableWalk(sql);
  }

  async *ids(
    model: UserModel,
    properties: readonly string[],
    userId: string,
  ): AsyncGenerator<string[]> {
    const pages = this.walk.rows(this.tableOf(model), 'id', params =>
      isOneOf(params, columnsOf(model, properties), userId),
    );
    for await (const rows of pages) yield rows.map(({id}) => String(id));
  }

  async *messages(
    properties: readonly string[],
    userId: string,
  ): AsyncGenerator<FoundMessage[]> {
    const pages = this.walk.rows(
      this.tableOf(Message),
      'id, channel_id',
      params =>
        [
          isOneOf(params, columnsOf(Message, properties), userId),
          this.isMentioned(params, userId),
          this.isNoted(params, userId),
        ].join(' OR '),
    );
    for await (const rows of pages) yield rows.map(toFound);
  }

  async rename(
    model: UserModel,
    properties: readonly string[],
    ids: readonly string[],
    {userId, alias}: Renaming,
  ): Promise<number> {
    const columns = columnsOf(model, properties);
    let count = 0;
    for (let start = 0; start < ids.length; start += MAX_CHANGED) {
      const params = new SqlParams(this.sql.dialect);
      const changes = columns.map(
        name => `${name} = CASE WHEN ${name} = ${params.add(userId)}
          THEN ${params.add(alias)} ELSE ${name} END`,
      );
      const page = ids.slice(start, start + MAX_CHANGED);
      const statement = `UPDATE ${this.tableOf(model)}
        SET ${changes.join(', ')}
        WHERE id IN (${page.map(id => params.add(id)).join(', ')})
          AND (${isOneOf(params, columns, userId)})`;
      count += await retrying(() => this.sql.execute(statement, params.values));
    }
    return count;
  }

  private tableOf(model: UserModel): string {
    return this.sql.table(String(model.definition.name));
  }

  private isMentioned(params: SqlParams, userId: string): string {
    const mention = JSON.stringify(userId);
    return this.sql.dialect === 'mysql'
      ? `JSON_CONTAINS(mentions, ${params.add(mention)})`
      : `mentions @> ${params.add(`[${mention}]`)}::jsonb`;
  }

  /** In JSON, an id has quotation marks around it, which none has within. */
  private isNoted(params: SqlParams, userId: string): string {
    const param = params.add(JSON.stringify(userId));
    const position =
      this.sql.dialect === 'mysql'
        ? `LOCATE(${param}, ext)`
        : `strpos(ext, ${param})`;
    return `(kind = 'system' AND ${position} > 0)`;
  }
}

function columnsOf(model: UserModel, properties: readonly string[]): string[] {
  return properties.map(name =>
    String(model.definition.properties[name].name ?? name),
  );
}

function isOneOf(
  params: SqlParams,
  columns: readonly string[],
  userId: string,
): string {
  return columns.map(name => `${name} = ${params.add(userId)}`).join(' OR ');
}

function toFound({id, channel_id: channelId}: SqlRow): FoundMessage {
  return {
    id: String(id),
    ...(typeof channelId === 'string' && {channelId}),
  };
}
