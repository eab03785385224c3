import type {MigrationSession} from './migration-session';

type Run = (sql: string) => Promise<Record<string, unknown>[]>;

/** How long a table that others use is waited for, in milliseconds. */
const TABLE_LOCK_TIMEOUT_MS = 60_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** Holds all that a run does in one transaction, the lock and the schema too. */
export function postgresSession(
  run: Run,
  schema: string,
  lockTimeoutMs: number,
): MigrationSession {
  return {
    async exclusively(work) {
      await run('BEGIN');
      try {
        await run('SET LOCAL statement_timeout = 0');
        await lock();
        await enterSchema();
        const result = await work();
        await run('COMMIT');
        return result;
      } catch (err) {
        // The first error tells more than that of a lost connection.
        await run('ROLLBACK').catch(() => undefined);
        throw err;
      }
    },

    async reading(work) {
      if (!(await hasMigrations())) return undefined;
      await run('BEGIN READ ONLY');
      await run(`SET LOCAL search_path TO ${quote(schema)}`);
      try {
        return await work();
      } finally {
        await run('ROLLBACK');
      }
    },
  };

  async function lock(): Promise<void> {
    const key = literal(`loopback4-chat migrations of ${schema}`);
    try {
      await run(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
      await run(`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    } catch (err) {
      if ((err as {code?: unknown}).code !== LOCK_NOT_AVAILABLE) throw err;
      throw new Error(
        `Another process has been migrating schema ${schema} for ${lockTimeoutMs} ms.`,
        {cause: err},
      );
    }
    await run(`SET LOCAL lock_timeout = ${TABLE_LOCK_TIMEOUT_MS}`);
  }

  async function hasMigrations(): Promise<boolean> {
    const rows = await run(
      `SELECT 1 FROM pg_tables WHERE schemaname = ${literal(schema)}
         AND tablename = 'chat_migrations'`,
    );
    return rows.length > 0;
  }

  async function enterSchema(): Promise<void> {
    // Looked for first: CREATE … IF NOT EXISTS asks for the right in any case.
    const [known] = await run(
      `SELECT 1 FROM pg_namespace WHERE nspname = ${literal(schema)}`,
    );
    if (!known) await run(`CREATE SCHEMA ${quote(schema)}`);
    await run(`SET LOCAL search_path TO ${quote(schema)}`);
    if (await hasMigrations()) return;
    await run(
      `CREATE TABLE chat_migrations (
         id serial PRIMARY KEY,
         name varchar(255) NOT NULL,
         run_on timestamp NOT NULL
       )`,
    );
  }
}

const quote = (name: string) => `"${name.replace(/"/g, '""')}"`;
const literal = (text: string) =>
  `E'${text.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
