import {SqlParams} from '../rows/sql-where';
import type {SqlRunner, SqlTransaction} from '../sql-runner';
import type {ChangeLog} from './change-log';
import {hasRoutine, hasTable} from './catalog';
import {retrying} from '../log/retrying';
import {TableWalk} from '../table-walk';
import type {Renaming} from './user-rows';

const LOG = 'chat_audit_log';
const REDACTED = 'chat_audit_log_redacted';
/** Most rows that one transaction changes. */
const MAX_CHANGED = 500;

/**
 * The change log of the opt-in migration. It is sealed: the database lets a
 * session that names the user take just that user out of it, by a function of
 * its own.
 */
export class SealedChangeLog implements ChangeLog {
  constructor(private readonly sql: SqlRunner) {}

  /** @throws Error when the log is there without the migration that lets it forget */
  async redact(renaming: Renaming): Promise<number> {
    if (!(await hasTable(this.sql, LOG))) return 0;
    if (!(await hasRoutine(this.sql, REDACTED))) {
      throw new Error(
        'chat_audit_log keeps the user: run the migrations with the change log.',
      );
    }
    const log = this.sql.table(LOG);
    const pages = new TableWalk(this.sql).rows(log, 'id', params =>
      this.isAbout(params, renaming),
    );
    let count = 0;
    for await (const rows of pages) {
      for (let start = 0; start < rows.length; start += MAX_CHANGED) {
        const ids = rows.slice(start, start + MAX_CHANGED).map(({id}) => id);
        count += await retrying(() =>
          this.sql.transaction(tx => this.rewrite(ids, renaming, tx)),
        );
      }
    }
    return count;
  }

  private isAbout(params: SqlParams, {userId, alias}: Renaming): string {
    const [before, after] = ['before', 'after'].map(name => this.quoted(name));
    const isByUser = `user_id = ${params.add(userId)}`;
    const isOther = [before, after].map(column => {
      const redacted = `${this.sql.table(REDACTED)}(${column},
        ${params.add(userId)}, ${params.add(alias)})`;
      return this.sql.dialect === 'mysql'
        ? `NOT (${column} <=> ${redacted})`
        : `${column} IS DISTINCT FROM ${redacted}`;
    });
    return [isByUser, ...isOther].join(' OR ');
  }

  /** The statement changes nothing by itself: the log rewrites what it touches. */
  private async rewrite(
    ids: readonly unknown[],
    renaming: Renaming,
    tx: SqlTransaction,
  ): Promise<number> {
    await this.allow(renaming, tx);
    try {
      const params = new SqlParams(this.sql.dialect);
      await this.sql.execute(
        `UPDATE ${this.sql.table(LOG)} SET operation = operation
         WHERE id IN (${ids.map(id => params.add(id)).join(', ')})`,
        params.values,
        tx,
      );
      return ids.length;
    } finally {
      await this.forbid(tx);
    }
  }

  private async allow({userId, alias}: Renaming, tx: SqlTransaction) {
    await this.sql.query(
      this.sql.dialect === 'mysql'
        ? 'SET @chat_erased_user = ?, @chat_erased_alias = ?'
        : `SELECT set_config('chat.erased_user', $1, true),
             set_config('chat.erased_alias', $2, true)`,
      [userId, alias],
      tx,
    );
  }

  /** On PostgreSQL the settings end with the transaction by themselves. */
  private async forbid(tx: SqlTransaction): Promise<void> {
    if (this.sql.dialect !== 'mysql') return;
    const reset = 'SET @chat_erased_user = NULL, @chat_erased_alias = NULL';
    // Where the connection is lost, so are they.
    await this.sql.query(reset, [], tx).catch(() => undefined);
  }

  private quoted(column: string): string {
    return this.sql.dialect === 'mysql' ? `\`${column}\`` : `"${column}"`;
  }
}
