import type {Constructor} from '@loopback/core';
import type {SequelizeDataSource} from '@loopback/sequelize';
import type {EventEmitter} from 'events';
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

/** {@link SqlRunner} over a Sequelize data source of PostgreSQL or MySQL. */
export class SequelizeSqlRunner implements SqlRunner {
  readonly dialect: SqlRunner['dialect'];
  private readonly statements?: PreparedStatements;

  constructor(private readonly dataSource: SequelizeDataSource) {
    this.dialect =
      dataSource.sequelizeConfig.dialect === 'mysql' ? 'mysql' : 'postgresql';
    if (this.dialect !== 'postgresql') return;
    const manager = connectionManagerOf(dataSource);
    surviveLostConnections(manager);
    this.statements = new PreparedStatements(
      runOnLent({
        take: () => manager.getConnection(),
        giveBack: (connection, isLost) => {
          if (isLost) connection._invalid = true;
          manager.releaseConnection(connection);
        },
      }),
    );
  }

  table(name: string): string {
    if (this.dialect === 'mysql') return `\`${name}\``;
    return qualified(this.dataSource.sequelizeConfig.schema, name);
  }

  async query(
    sql: string,
    params: unknown[],
    transaction?: SqlTransaction,
  ): Promise<SqlRow[]> {
    const [rows] = await this.run(sql, params, transaction);
    return Array.isArray(rows) ? (rows as SqlRow[]) : [];
  }

  prepared(sql: string, params: unknown[]): Promise<SqlRow[]> {
    return this.statements?.run(sql, params) ?? this.query(sql, params);
  }

  async execute(
    sql: string,
    params: unknown[],
    transaction?: SqlTransaction,
  ): Promise<number> {
    const [, outcome] = await this.run(sql, params, transaction);
    const {rowCount, affectedRows} = Object(outcome);
    return Number(rowCount ?? affectedRows);
  }

  async transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    const tx = await this.dataSource.beginTransaction();
    return inTransaction(tx as unknown as SqlTransaction, work);
  }

  private run(sql: string, params: unknown[], transaction?: SqlTransaction) {
    // Values go to the server apart from the text: `replacements` would be
    // pasted into it here.
    let position = 0;
    const text =
      this.dialect === 'mysql'
        ? sql.replace(/\?/g, () => `$${++position}`)
        : sql;
    return this.dataSource.sequelize.query(text, {
      bind: params,
      transaction: transaction as never,
    });
  }
}

interface Connection extends PgConnection {
  /** Tells the pool not to give the connection again. */
  _invalid?: boolean;
}

interface ConnectionManager {
  lib: {Client: Constructor<EventEmitter>};
  getConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): void;
}

function connectionManagerOf({sequelize}: SequelizeDataSource) {
  return (sequelize as unknown as {connectionManager: ConnectionManager})
    .connectionManager;
}

/**
 * Sequelize listens for a connection's error only some time after it was made;
 * one that is lost before would end the process.
 */
function surviveLostConnections(manager: ConnectionManager): void {
  const {lib} = manager;
  class WatchedClient extends lib.Client {
    constructor(...args: unknown[]) {
      super(...args);
      this.on('error', () => undefined);
    }
  }
  manager.lib = Object.assign(Object.create(lib), {Client: WatchedClient});
}
