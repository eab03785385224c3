import {
  closeDriver,
  openDriver,
  rowsOf,
  type MigrationDriver,
} from './migration-driver';
import type {MigrationDialect, MigrationTarget} from './migration-target';
import {mysqlSession} from './mysql.session';
import {postgresSession} from './postgres.session';

/** The table of the migrations done; a host's own db-migrate has another. */
export const MIGRATION_TABLE = 'chat_migrations';

/** How a dialect keeps two processes from migrating at once. */
export interface MigrationSession {
  /**
   * Runs `work` alone, with the table of migrations in place: on PostgreSQL in
   * one transaction, on MySQL (which has none for tables) statement by statement.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Changes nothing; @returns undefined where nothing was ever migrated. */
  reading<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/** A connection with its session; closed after `work`, whatever it did. */
export async function withSession<T>(
  target: MigrationTarget,
  dialect: MigrationDialect,
  lockTimeoutMs: number,
  work: (driver: MigrationDriver, session: MigrationSession) => Promise<T>,
): Promise<T> {
  const driver = await openDriver(target, dialect);
  try {
    const run = (sql: string) => rowsOf(driver, sql);
    const session =
      dialect === 'mysql'
        ? mysqlSession(run, lockTimeoutMs)
        : postgresSession(run, target.schema ?? 'public', lockTimeoutMs);
    return await work(driver, session);
  } finally {
    await closeDriver(driver);
  }
}
