import type {SqlRow, SqlRunner, SqlTransaction} from '../sql-runner';
import {jsonOfRow} from './json-columns';
import {
  mayBeNowhere,
  mayBeWaiting,
  type Row,
  type RowModel,
  type RowPage,
  type RowQuery,
  type RowSource,
} from './row-source';
import {columnOf, SqlParams, SqlWhere, toDriver} from './sql-where';

/**
 * Reads rows by one statement each, past the ORM's model instances, which
 * cost more than the query.
 */
export class SqlRowSource implements RowSource {
  /** Of whole rows. */
  private readonly json = new Map<RowModel, string>();

  constructor(private readonly sql: SqlRunner) {}

  async find(
    query: RowQuery,
    page: RowPage,
    tx?: SqlTransaction,
  ): Promise<Row[]> {
    const {model} = query;
    const params = new SqlParams(this.sql.dialect);
    const names = page.fields ?? Object.keys(model.definition.properties);
    const columns = names.map(name => columnOf(model, name));
    const text = `SELECT ${columns.join(', ')} ${this.fromOn(query, page, params)}`;
    const rows = tx
      ? await this.sql.query(text, params.values, tx)
      : await this.sql.prepared(text, params.values);
    return rows.map(row => toRow(model, names, row));
  }

  async findJson(query: RowQuery, page: RowPage): Promise<string | undefined> {
    if (this.sql.dialect !== 'postgresql') return undefined;
    const json = this.jsonOf(query.model, page.fields);
    if (!json) return undefined;
    const params = new SqlParams(this.sql.dialect);
    const [row] = await this.sql.prepared(
      `SELECT string_agg(${json}, ',') AS objects ` +
        `FROM (SELECT * ${this.fromOn(query, page, params)}) AS r`,
      params.values,
    );
    return String(row.objects ?? '');
  }

  async count(query: RowQuery): Promise<number> {
    const params = new SqlParams(this.sql.dialect);
    const [row] = await this.sql.prepared(
      `SELECT COUNT(*) AS count FROM ${this.tableOf(query.model)} ` +
        `WHERE ${this.condition(query, params)}`,
      params.values,
    );
    return Number(row.count);
  }

  async update(
    query: RowQuery,
    change: Row,
    tx?: SqlTransaction,
  ): Promise<number> {
    const {model} = query;
    const params = new SqlParams(this.sql.dialect);
    const changes = Object.entries(change).map(([name, value]) => {
      const {type} = model.definition.properties[name];
      return `${columnOf(model, name)} = ${params.add(toDriver(type, value))}`;
    });
    return this.sql.execute(
      `UPDATE ${this.tableOf(model)} SET ${changes.join(', ')} ` +
        `WHERE ${this.condition(query, params)}`,
      params.values,
      tx,
    );
  }

  private jsonOf(model: RowModel, fields?: string[]): string | undefined {
    if (fields) return jsonOfRow(model, fields);
    const known = this.json.get(model);
    if (known) return known;
    const json = jsonOfRow(model, Object.keys(model.definition.properties));
    if (json) this.json.set(model, json);
    return json;
  }

  /** The part of a SELECT after its columns. */
  private fromOn(query: RowQuery, page: RowPage, params: SqlParams): string {
    const {model} = query;
    const condition = this.condition(query, params);
    // Written out, as the plan of a statement that is kept depends on it.
    const limit = ` LIMIT ${Math.trunc(page.limit)}`;
    const offset = page.offset ? ` OFFSET ${params.add(page.offset)}` : '';
    return (
      `FROM ${this.tableOf(model)} WHERE ${condition}` +
      `${orderBy(model, page.order)}${limit}${offset}`
    );
  }

  private tableOf(model: RowModel): string {
    return this.sql.table(model.definition.name);
  }

  /** @returns what holds for the rows selected; its values go into `params` */
  condition(
    query: RowQuery,
    params: SqlParams,
    {withDeleted = false} = {},
  ): string {
    const translator = new SqlWhere(query.model, params);
    return [
      withDeleted ? 'TRUE' : 'deleted = FALSE',
      ...query.where.map(where => translator.translate(where)),
      ...this.visibility(query, params),
    ].join(' AND ');
  }

  private visibility({model, viewer}: RowQuery, params: SqlParams): string[] {
    if (viewer === 'administrator') return [];
    const members = this.sql.table('chat_channel_members');
    const isInChannel =
      `channel_id IN (SELECT m.channel_id FROM ${members} m ` +
      `WHERE m.user_id = ${params.add(viewer.userId)})`;
    if (!mayBeNowhere(model)) return [isInChannel];
    const isOwn = () => `created_by = ${params.add(viewer.userId)}`;
    return [
      `(${isInChannel} OR (channel_id IS NULL AND ${isOwn()}))`,
      ...(mayBeWaiting(model)
        ? [`(state IS NULL OR ${isOwn()} OR ${this.isCarried(model)})`]
        : []),
    ];
  }

  private isCarried(model: RowModel): string {
    const named = `${this.tableOf(model)}.message_id`;
    // An adopted column may be text.
    const isPostgres = this.sql.dialect === 'postgresql';
    const id = isPostgres ? `${named}::text::uuid` : named;
    const messages = this.sql.table('messages');
    return `EXISTS (SELECT 1 FROM ${messages} c WHERE c.id = ${id})`;
  }
}

function orderBy(model: RowModel, order: string[] = []): string {
  const terms = order.map(term => {
    const [name, direction = 'ASC'] = term.split(' ');
    const isDescending = direction.toUpperCase() === 'DESC';
    return `${columnOf(model, name)} ${isDescending ? 'DESC' : 'ASC'}`;
  });
  return terms.length ? ` ORDER BY ${terms.join(', ')}` : '';
}

/** Makes a row of what the driver gives, which differs in booleans and JSON; NULLs are left out. */
export function toRow(model: RowModel, names: string[], row: SqlRow): Row {
  const result: Row = {};
  for (const name of names) {
    const {type, name: column = name} = model.definition.properties[name];
    const value = row[String(column)];
    if (value === null || value === undefined) continue;
    if (type === 'boolean') result[name] = Boolean(value);
    else if (type === 'object') result[name] = fromJson(value);
    else result[name] = value;
  }
  return result;
}

function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    // A driver that parses has left a text of an adopted row.
    return value;
  }
}
