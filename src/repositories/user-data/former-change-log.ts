import {SqlParams} from '../rows/sql-where';
import type {SqlRow, SqlRunner} from '../sql-runner';
import {columnsOfTable} from './catalog';
import type {ChangeLog} from './change-log';
import {redactedEntry} from './redacted-entry';
import {retrying} from '../log/retrying';
import {TableWalk} from '../table-walk';
import type {Renaming} from './user-rows';

const LOG = 'audit_logs';
/** Columns without which the table is somebody else's. */
const MARKS = ['id', 'table_name', 'user_id', 'before', 'after'];
const TIME = 'operation_time';
const LOGGED_TABLES = "('messages', 'message_recipients')";

/**
 * The log that the predecessor's own triggers write, where it is in the chat's
 * schema; entries of other tables are not looked at.
 */
export class FormerChangeLog implements ChangeLog {
  constructor(private readonly sql: SqlRunner) {}

  async redact(renaming: Renaming): Promise<number> {
    const columns = await columnsOfTable(this.sql, LOG);
    if (!MARKS.every(name => columns.has(name))) return 0;
    const [before, after] = [this.quoted('before'), this.quoted('after')];
    const pages = new TableWalk(this.sql).rows(
      this.sql.table(LOG),
      `id, user_id, ${before}, ${after}`,
      params => this.mayBeAbout(params, renaming.userId),
    );
    let count = 0;
    for await (const rows of pages) {
      for (const row of rows) {
        count += await this.rewrite(row, renaming, columns);
      }
    }
    return count;
  }

  private async rewrite(
    row: SqlRow,
    renaming: Renaming,
    columns: ReadonlySet<string>,
  ): Promise<number> {
    const isByUser = String(row.user_id) === renaming.userId;
    const entries = [row.before, row.after].map(
      entry => redactedEntry(entry, renaming) ?? entry,
    );
    const isAbout = entries.some(
      (entry, i) => entry !== [row.before, row.after][i],
    );
    if (!isByUser && !isAbout) return 0;
    const params = new SqlParams(this.sql.dialect);
    const [before, after] = entries.map(entry => params.add(toText(entry)));
    const changes = [
      `${this.quoted('before')} = ${before}`,
      `${this.quoted('after')} = ${after}`,
      // The column may hold UUIDs only, and so no alias.
      ...(isByUser ? ['user_id = NULL'] : []),
      // MySQL sets some timestamps to now unless told.
      ...(columns.has(TIME) ? [`${TIME} = ${TIME}`] : []),
    ];
    const statement = `UPDATE ${this.sql.table(LOG)} SET ${changes.join(', ')}
      WHERE id = ${params.add(row.id)}`;
    await retrying(() => this.sql.execute(statement, params.values));
    return 1;
  }

  private mayBeAbout(params: SqlParams, userId: string): string {
    const isMysql = this.sql.dialect === 'mysql';
    const type = isMysql ? 'CHAR' : 'text';
    const isByUser = `CAST(user_id AS ${type}) = ${params.add(userId)}`;
    const part = plainPartOf(userId);
    const hasPart = ['before', 'after'].map(name => {
      const [text, param] = [
        `CAST(${this.quoted(name)} AS ${type})`,
        params.add(part),
      ];
      return isMysql
        ? `LOCATE(${param}, ${text}) > 0`
        : `strpos(${text}, ${param}) > 0`;
    });
    return `table_name IN ${LOGGED_TABLES}
      AND (${[isByUser, ...hasPart].join(' OR ')})`;
  }

  private quoted(column: string): string {
    return this.sql.dialect === 'mysql' ? `\`${column}\`` : `"${column}"`;
  }
}

/** The longest part of an id that JSON writes as it is, however deep it is in it. */
function plainPartOf(userId: string): string {
  const parts = userId.match(/[\w .@:+-]+/g) ?? [''];
  return parts.sort((a, b) => b.length - a.length)[0];
}

/** Drivers give JSON parsed or as a text. */
function toText(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null
    ? JSON.stringify(entry)
    : entry;
}
