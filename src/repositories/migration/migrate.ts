import path from 'path';
import {rowsOf, type MigrationDriver} from './migration-driver';
import {MIGRATION_TABLE, withSession} from './migration-session';
import {dialectOf, type MigrationTarget} from './migration-target';

export type {MigrationTarget} from './migration-target';

/** What a run of the migrations may be told. */
export interface MigrationOptions {
  /** Adds the change log in the database; once there, it stays. */
  auditLog?: boolean;
  /** How long a run waits for that of another process, in milliseconds. */
  lockTimeoutMs?: number;
}

/** The migrations by name, oldest first. */
export interface MigrationStatus {
  applied: string[];
  pending: string[];
}

const MIGRATIONS_DIR = path.resolve(__dirname, '../../../migrations');
const LOCK_TIMEOUT_MS = 600_000;

/**
 * Runs the migrations that the database has not had yet; none of them drops.
 * Of two processes one waits, and then finds them done.
 * @returns the names of those that were run
 * @throws Error when db-migrate or its driver is not installed, or a step
 *   failed: PostgreSQL is as it was before, MySQL has the steps before it
 */
export async function migrateUp(
  target: MigrationTarget,
  options: MigrationOptions = {},
): Promise<string[]> {
  return exclusively(target, options, async driver => {
    const known = new Set(await readApplied(driver));
    const pending = listMigrations(options).filter(m => !known.has(m.name));
    for (const {name, file} of pending) {
      await load(file).up(driver);
      await driver.runSql(
        `INSERT INTO ${MIGRATION_TABLE} (name, run_on) VALUES ('${name}', NOW())`,
      );
    }
    return pending.map(({name}) => name);
  });
}

/**
 * Undoes the newest migration; as none takes anything away, it only runs again
 * with the next {@link migrateUp}.
 * @returns its name; none when there was nothing to undo
 */
export async function migrateDown(
  target: MigrationTarget,
  options: MigrationOptions = {},
): Promise<string[]> {
  return exclusively(target, options, async driver => {
    const newest = (await readApplied(driver)).pop();
    const migration = listMigrations({auditLog: true}).find(
      ({name}) => name === newest,
    );
    if (!migration) return [];
    await load(migration.file).down(driver);
    await driver.runSql(
      `DELETE FROM ${MIGRATION_TABLE} WHERE name = '${migration.name}'`,
    );
    return [migration.name];
  });
}

/** Tells which migrations the database has had; changes nothing. */
export async function migrationStatus(
  target: MigrationTarget,
  options: MigrationOptions = {},
): Promise<MigrationStatus> {
  const dialect = dialectOf(target);
  if (!dialect) return {applied: [], pending: []};
  const found = await withSession(target, dialect, 0, (driver, session) =>
    session.reading(() => readApplied(driver)),
  );
  const applied = found ?? [];
  const pending = listMigrations(options)
    .map(({name}) => name)
    .filter(name => !applied.includes(name));
  return {applied, pending};
}

async function exclusively(
  target: MigrationTarget,
  {lockTimeoutMs = LOCK_TIMEOUT_MS}: MigrationOptions,
  work: (driver: MigrationDriver) => Promise<string[]>,
): Promise<string[]> {
  const dialect = dialectOf(target);
  // Memory and other connectors without SQL have nothing to migrate.
  if (!dialect) return [];
  return withSession(target, dialect, lockTimeoutMs, (driver, session) =>
    session.exclusively(() => work(driver)),
  );
}

async function readApplied(driver: MigrationDriver): Promise<string[]> {
  const rows = await rowsOf(
    driver,
    `SELECT name FROM ${MIGRATION_TABLE} ORDER BY id`,
  );
  return rows.map(({name}) => String(name));
}

interface Migration {
  up(driver: MigrationDriver): Promise<void>;
  down(driver: MigrationDriver): Promise<void>;
}

function load(file: string): Migration {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file);
}

interface MigrationFile {
  name: string;
  file: string;
}

function listMigrations(options: MigrationOptions): MigrationFile[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const list = require(path.join(MIGRATIONS_DIR, 'chat/list.cjs'));
  return list.listMigrations(options);
}
