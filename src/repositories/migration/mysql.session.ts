import type {MigrationSession} from './migration-session';

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

/** Of at most 64 characters, one for each database of the server. */
const LOCK = "CONCAT('loopback4-chat ', MD5(DATABASE()))";

/** How long a table that others use is waited for. */
const TABLE_LOCK_TIMEOUT_S = 60;
const CREATE_MIGRATIONS = `CREATE TABLE chat_migrations (
  id integer NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(255) NOT NULL,
  run_on datetime NOT NULL
)`;

/** Holds a named lock while it runs; the server frees it with the connection. */
export function mysqlSession(
  run: Run,
  lockTimeoutMs: number,
): MigrationSession {
  return {
    async exclusively(work) {
      await lock();
      try {
        await run(`SET lock_wait_timeout = ${TABLE_LOCK_TIMEOUT_S}`);
        if (!(await hasMigrations())) await run(CREATE_MIGRATIONS);
        return await work();
      } finally {
        await run(`SELECT RELEASE_LOCK(${LOCK})`).catch(() => undefined);
      }
    },

    async reading(work) {
      return (await hasMigrations()) ? work() : undefined;
    },
  };

  // Looked for first: CREATE … IF NOT EXISTS asks for the right in any case.
  async function hasMigrations(): Promise<boolean> {
    const rows = await run(
      `SELECT 1 FROM information_schema.tables
       WHERE table_schema = DATABASE() AND table_name = 'chat_migrations'`,
    );
    return rows.length > 0;
  }

  async function lock(): Promise<void> {
    const seconds = Math.ceil(lockTimeoutMs / 1000);
    const [row] = await run(`SELECT GET_LOCK(${LOCK}, ${seconds}) AS taken`);
    if (Number(row.taken) === 1) return;
    throw new Error(
      `Another process has been migrating this database for ${lockTimeoutMs} ms.`,
    );
  }
}
