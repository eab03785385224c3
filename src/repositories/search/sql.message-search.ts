import {Message} from '../../models';
import type {Row, RowQuery} from '../rows/row-source';
import {columnOf, SqlParams} from '../rows/sql-where';
import {SqlRowSource, toRow} from '../rows/sql.row-source';
import type {SqlRunner} from '../sql-runner';
import {
  columnConditions,
  type MessageSearch,
  type SearchQuery,
} from './message-search';
import {
  MysqlTextConditions,
  PostgresTextConditions,
  type TextConditions,
} from './text-conditions';

const NAMES = Object.keys(Message.definition.properties);

/** {@link MessageSearch} by the full-text index of the database. */
export class SqlMessageSearch implements MessageSearch {
  private readonly texts: TextConditions;

  constructor(
    private readonly sql: SqlRunner,
    private readonly rows: SqlRowSource,
  ) {
    this.texts =
      sql.dialect === 'mysql'
        ? new MysqlTextConditions(sql)
        : new PostgresTextConditions();
  }

  async find(query: SearchQuery, limit: number): Promise<Row[]> {
    const {viewer, text, before} = query;
    const params = new SqlParams(this.sql.dialect);
    const selected = {model: Message, viewer, where: columnConditions(query)};
    const conditions = [
      this.rows.condition(selected, params),
      ...(await this.texts.of(text, params)),
      ...(before === undefined ? [] : [this.isBefore(before, query, params)]),
    ];
    const columns = NAMES.map(name => columnOf(Message, name));
    const rows = await this.sql.query(
      `SELECT ${columns.join(', ')} FROM ${this.sql.table('messages')}
       WHERE ${conditions.join(' AND ')}
       ORDER BY created_on DESC, id DESC LIMIT ${params.add(limit)}`,
      params.values,
    );
    return rows.map(row => toRow(Message, NAMES, row));
  }

  /** In the database, which has times more precise than ours. */
  private isBefore(
    id: string,
    {viewer}: SearchQuery,
    params: SqlParams,
  ): string {
    const position: RowQuery = {model: Message, viewer, where: [{id}]};
    // One that was deleted since still has its place.
    return `(created_on, id) < (
      SELECT created_on, id FROM ${this.sql.table('messages')}
      WHERE ${this.rows.condition(position, params, {withDeleted: true})})`;
  }
}
