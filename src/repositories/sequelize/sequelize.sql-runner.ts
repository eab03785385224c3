import type {SequelizeDataSource} from '@loopback/sequelize';
import {
  inTransaction,
  type SqlRow,
  type SqlRunner,
  type SqlTransaction,
} from '../sql-runner';

/** {@link SqlRunner} over a Sequelize data source of PostgreSQL or MySQL. */
export class SequelizeSqlRunner implements SqlRunner {
  readonly dialect: SqlRunner['dialect'];

  constructor(private readonly dataSource: SequelizeDataSource) {
    this.dialect =
      dataSource.sequelizeConfig.dialect === 'mysql' ? 'mysql' : 'postgresql';
  }

  table(name: string): string {
    if (this.dialect === 'mysql') return `\`${name}\``;
    return `"${this.dataSource.sequelizeConfig.schema ?? 'public'}"."${name}"`;
  }

  async query(
    sql: string,
    params: unknown[],
    transaction?: SqlTransaction,
  ): Promise<SqlRow[]> {
    // Values go to the server apart from the text: `replacements` would be
    // pasted into it here.
    let position = 0;
    const text =
      this.dialect === 'mysql'
        ? sql.replace(/\?/g, () => `$${++position}`)
        : sql;
    const [rows] = await this.dataSource.sequelize.query(text, {
      bind: params,
      transaction: transaction as never,
    });
    return Array.isArray(rows) ? (rows as SqlRow[]) : [];
  }

  async transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    const tx = await this.dataSource.beginTransaction();
    return inTransaction(tx as unknown as SqlTransaction, work);
  }
}
