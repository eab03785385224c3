import {IsolationLevel, type juggler} from '@loopback/repository';
import {
  inTransaction,
  type SqlRow,
  type SqlRunner,
  type SqlTransaction,
} from '../sql-runner';

/** {@link SqlRunner} over a juggler data source of PostgreSQL or MySQL. */
export class JugglerSqlRunner implements SqlRunner {
  readonly dialect: SqlRunner['dialect'];

  constructor(private readonly dataSource: juggler.DataSource) {
    this.dialect =
      dataSource.connector?.name === 'mysql' ? 'mysql' : 'postgresql';
    if (this.dialect === 'postgresql') surviveLostConnections(dataSource);
  }

  table(name: string): string {
    if (this.dialect === 'mysql') return `\`${name}\``;
    return `"${this.dataSource.settings.schema ?? 'public'}"."${name}"`;
  }

  async query(
    sql: string,
    params: unknown[],
    transaction?: SqlTransaction,
  ): Promise<SqlRow[]> {
    const options = transaction ? {transaction} : {};
    const result = await this.dataSource.execute(sql, params, options);
    return Array.isArray(result) ? result : (result?.rows ?? []);
  }

  async transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    const tx = await this.dataSource.beginTransaction(
      IsolationLevel.READ_COMMITTED,
    );
    return inTransaction(tx as SqlTransaction, work);
  }
}

/**
 * A pool without an `error` listener ends the process when the database goes
 * away; the connector adds one only when `onError` is set.
 */
function surviveLostConnections(dataSource: juggler.DataSource): void {
  const connector = dataSource.connector;
  if (!connector || connector.settings?.onError) return;
  connector.settings.onError = 'ignore';
  connector.pg?.on('error', () => undefined);
}
