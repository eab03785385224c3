import type {EventEmitter} from 'events';
import {IsolationLevel, type juggler} from '@loopback/repository';
import {
  PreparedStatements,
  runOnLent,
  type PgConnection,
} from '../prepared-statements';
import {
  inTransaction,
  qualified,
  type SqlRow,
  type SqlRunner,
  type SqlTransaction,
} from '../sql-runner';

/** {@link SqlRunner} over a juggler data source of PostgreSQL or MySQL. */
export class JugglerSqlRunner implements SqlRunner {
  readonly dialect: SqlRunner['dialect'];
  private readonly statements?: PreparedStatements;

  constructor(private readonly dataSource: juggler.DataSource) {
    this.dialect =
      dataSource.connector?.name === 'mysql' ? 'mysql' : 'postgresql';
    if (this.dialect !== 'postgresql') return;
    surviveLostConnections(dataSource);
    const pool = dataSource.connector?.pg as Pool | undefined;
    if (!pool) return;
    this.statements = new PreparedStatements(
      // The pool's own `query` ends a connection for any error.
      runOnLent({
        take: () => connect(pool),
        giveBack: (connection, isLost) => connection.release(isLost),
      }),
    );
  }

  table(name: string): string {
    if (this.dialect === 'mysql') return `\`${name}\``;
    return qualified(this.dataSource.settings.schema, name);
  }

  async query(
    sql: string,
    params: unknown[],
    transaction?: SqlTransaction,
  ): Promise<SqlRow[]> {
    const result = await this.run(sql, params, transaction);
    return Array.isArray(result) ? result : (result?.rows ?? []);
  }

  prepared(sql: string, params: unknown[]): Promise<SqlRow[]> {
    return this.statements?.run(sql, params) ?? this.query(sql, params);
  }

  async execute(
    sql: string,
    params: unknown[],
    transaction?: SqlTransaction,
  ): Promise<number> {
    const {affectedRows} = await this.run(sql, params, transaction);
    return Number(affectedRows);
  }

  async transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    const tx = await this.dataSource.beginTransaction(
      IsolationLevel.READ_COMMITTED,
    );
    return inTransaction(tx as SqlTransaction, work);
  }

  private run(sql: string, params: unknown[], transaction?: SqlTransaction) {
    const options = transaction ? {transaction} : {};
    return this.dataSource.execute(sql, params, options);
  }
}

/** The part of a `pg` pool that is used here. */
interface Pool {
  connect(done: (err: unknown, connection: Connection) => void): void;
  on(event: 'error', listener: () => void): void;
  on(event: 'acquire', listener: (client: EventEmitter) => void): void;
}

interface Connection extends PgConnection {
  release(isLost: boolean): void;
}

/** The connector has given the pool bluebird's promises, see {@link PgConnection}. */
function connect(pool: Pool): Promise<Connection> {
  return new Promise((resolve, reject) => {
    pool.connect((err, connection) =>
      err ? reject(err) : resolve(connection),
    );
  });
}

/**
 * A connection that is lost ends the process where nobody listens for its
 * error, be it idle or at work. The connector's `onError` would listen too, but
 * fails by itself when a connection cannot be made.
 */
function surviveLostConnections({connector}: juggler.DataSource): void {
  const pool = connector?.pg as Pool | undefined;
  const ignore = () => undefined;
  pool?.on('error', ignore);
  pool?.on('acquire', client => {
    if (!client.listeners('error').includes(ignore)) client.on('error', ignore);
  });
}
