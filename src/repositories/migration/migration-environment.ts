import type {MigrationTarget} from './migration-target';

type Environment = Readonly<Record<string, string | undefined>>;

const REQUIRED = ['DB_HOST', 'DB_USER', 'DB_DATABASE'];

/**
 * Reads where the migrations go from the variables `DB_HOST`, `DB_PORT`,
 * `DB_USER`, `DB_PASSWORD`, `DB_DATABASE`, `DB_SCHEMA` and `MYSQL_MIGRATION`.
 * Port and schema have the database's defaults; a password may be none.
 * @throws Error of one line that names what is missing
 */
export function targetFromEnvironment(env: Environment): MigrationTarget {
  const read = (name: string) => (env[name] === '' ? undefined : env[name]);
  const missing = REQUIRED.filter(name => read(name) === undefined);
  if (missing.length) {
    throw new Error(`To migrate, set ${missing.join(', ')}.`);
  }
  const isMysql = env.MYSQL_MIGRATION === 'true';
  return {
    connector: isMysql ? 'mysql' : 'postgresql',
    host: env.DB_HOST,
    port: Number(read('DB_PORT') ?? (isMysql ? 3306 : 5432)),
    user: env.DB_USER,
    password: env.DB_PASSWORD,
    database: env.DB_DATABASE,
    schema: read('DB_SCHEMA'),
  };
}
