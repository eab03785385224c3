import {
  connectionSettings,
  type MigrationDialect,
  type MigrationTarget,
} from './migration-target';

/** A row as the database's driver returns it. */
type Row = Record<string, unknown>;

/** What a migration gets: db-migrate's driver over one connection. */
export interface MigrationDriver {
  runSql(sql: string): Promise<{rows?: Row[]} | Row[]>;
  readonly connection: {
    on(event: 'error', listener: () => void): void;
    end(onEnded: () => void): void;
  };
}

/** Opens one connection through db-migrate.
 *  @throws Error when db-migrate or its driver is not installed
 */
export function openDriver(
  target: MigrationTarget,
  dialect: MigrationDialect,
): Promise<MigrationDriver> {
  const settings = connectionSettings(target, dialect);
  const {driver: connect} = loadDbMigrate();
  return new Promise<MigrationDriver>((resolve, reject) => {
    connect({config: settings, internals: {}}, (err, driver) => {
      if (err || !driver) return reject(err);
      // The statement that finds the connection lost tells of it.
      driver.connection.on('error', () => undefined);
      resolve(driver);
    });
  });
}

/** Closes the connection, and with it what it locked. */
export function closeDriver({connection}: MigrationDriver): Promise<void> {
  return new Promise(resolve => connection.end(() => resolve()));
}

/** Runs one statement; @returns the rows, if it has any. */
export async function rowsOf(
  driver: MigrationDriver,
  sql: string,
): Promise<Row[]> {
  const answer = await driver.runSql(sql);
  return Array.isArray(answer) ? answer : (answer.rows ?? []);
}

interface DbMigrate {
  driver(
    options: {config: object; internals: object},
    onConnected: (err: unknown, driver?: MigrationDriver) => void,
  ): void;
}

// Its drivers only: its own runner reads `.env`, `.db-migraterc` and the
// arguments of the host's process, and commits each migration by itself.
function loadDbMigrate(): DbMigrate {
  try {
    // An optional peer: hosts that migrate otherwise go without it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('db-migrate/connect');
  } catch (err) {
    throw new Error(
      'Install db-migrate, and db-migrate-pg or db-migrate-mysql, to run migrations.',
      {cause: err},
    );
  }
}
