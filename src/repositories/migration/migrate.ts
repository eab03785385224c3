import path from 'path';

/** Where the migrations go; the settings of a data source of either ORM. */
export interface MigrationTarget {
  connector?: unknown;
  url?: string;
  host?: string;
  port?: number;
  user?: string;
  username?: string;
  password?: string;
  database?: string;
  /** PostgreSQL only; `public` when it is not set. */
  schema?: string;
}

const MIGRATIONS_DIR = path.resolve(__dirname, '../../../migrations');
const DRIVERS: Record<string, string> = {postgresql: 'pg', mysql: 'mysql'};

/**
 * Runs the migrations that the database has not had yet; none of them drops.
 * @throws Error when db-migrate or its driver is not installed, or a step failed
 */
export async function migrateUp(target: MigrationTarget): Promise<void> {
  const driver = DRIVERS[String(target.connector)];
  // Memory and other connectors without SQL have nothing to migrate.
  if (!driver) return;
  const {user, username, url, ...settings} = target;
  const migrate = loadDbMigrate().getInstance(true, {
    cwd: path.dirname(MIGRATIONS_DIR),
    env: 'chat',
    throwUncatched: true,
    config: {
      chat: {
        ...(url && connectionOf(url)),
        ...pick(settings),
        ...((user ?? username) && {user: user ?? username}),
        driver,
      },
    },
    cmdOptions: {
      'migrations-dir': MIGRATIONS_DIR,
      // A host may run db-migrate for its own tables in the same database.
      'migration-table': 'chat_migrations',
    },
  });
  migrate.silence(true);
  await migrate.up();
}

interface DbMigrate {
  getInstance(
    isModule: boolean,
    options: object,
  ): {silence(isSilent: boolean): void; up(): Promise<void>};
}

function loadDbMigrate(): DbMigrate {
  try {
    // An optional peer: hosts that migrate otherwise go without it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('db-migrate');
  } catch (err) {
    throw new Error('Install db-migrate and its driver to run migrations.', {
      cause: err,
    });
  }
}

function connectionOf(url: string): object {
  const {hostname, port, username, password, pathname} = new URL(url);
  return {
    host: hostname,
    ...(port && {port: Number(port)}),
    ...(username && {user: decodeURIComponent(username)}),
    ...(password && {password: decodeURIComponent(password)}),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

function pick({
  host,
  port,
  password,
  database,
  schema,
}: MigrationTarget): object {
  const chosen = {host, port, password, database, schema};
  return Object.fromEntries(
    Object.entries(chosen).filter(([, value]) => value !== undefined),
  );
}
