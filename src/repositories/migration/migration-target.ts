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
  ssl?: unknown;
  /** PostgreSQL only; `public` when it is not set. */
  schema?: string;
}

/** The databases that there are migrations for. */
export type MigrationDialect = 'postgresql' | 'mysql';

/** Tells the database of a data source; undefined for one without SQL. */
export function dialectOf({
  connector,
}: MigrationTarget): MigrationDialect | undefined {
  const name = String(connector).replace(/^loopback-connector-/, '');
  return name === 'postgresql' || name === 'mysql' ? name : undefined;
}

/** What db-migrate's driver of that database is connected with. */
export function connectionSettings(
  target: MigrationTarget,
  dialect: MigrationDialect,
): object {
  const {url, host, port, password, database, ssl} = target;
  const user = target.user ?? target.username;
  const chosen = {host, port, user, password, database, ssl};
  return {
    ...(url && fromUrl(url)),
    ...Object.fromEntries(
      Object.entries(chosen).filter(([, value]) => value !== undefined),
    ),
    driver: dialect === 'mysql' ? 'mysql' : 'pg',
  };
}

function fromUrl(url: string): object {
  const {hostname, port, username, password, pathname} = new URL(url);
  return {
    host: hostname,
    ...(port && {port: Number(port)}),
    ...(username && {user: decodeURIComponent(username)}),
    ...(password && {password: decodeURIComponent(password)}),
    database: decodeURIComponent(pathname.slice(1)),
  };
}
