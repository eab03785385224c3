import {SqlParams} from './rows/sql-where';
import type {SqlRow, SqlRunner} from './sql-runner';

/** Rows that one statement looks at; bounds how long it runs. */
const WINDOW = 5000;

/** Selects rows; the parameters are those of the statement so far. */
export type WalkCondition = (params: SqlParams) => string;

/**
 * Looks through a whole table by its primary key, a window after the other, so
 * that a condition without an index costs no statement that runs for long.
 */
export class TableWalk {
  constructor(
    private readonly sql: SqlRunner,
    private readonly window = WINDOW,
  ) {}

  /**
   * @param table - quoted, with a primary key `id`
   * @param columns - as SQL; `id` is among them
   * @returns the rows of each window that has any, in the order of the key; of
   *   those written meanwhile not all
   */
  async *rows(
    table: string,
    columns: string,
    condition: WalkCondition,
  ): AsyncGenerator<SqlRow[]> {
    let after: unknown;
    for (;;) {
      const until = await this.endAfter(table, after);
      const params = new SqlParams(this.sql.dialect);
      const range = [
        ...(after === undefined ? [] : [`id > ${params.add(after)}`]),
        ...(until === undefined ? [] : [`id <= ${params.add(until)}`]),
      ];
      const rows = await this.sql.query(
        `SELECT ${columns} FROM ${table}
         WHERE ${[...range, `(${condition(params)})`].join(' AND ')}
         ORDER BY id`,
        params.values,
      );
      if (rows.length) yield rows;
      if (until === undefined) return;
      after = until;
    }
  }

  /** @returns the last key of the next window; undefined when it is the last one */
  private async endAfter(table: string, after: unknown): Promise<unknown> {
    const params = new SqlParams(this.sql.dialect);
    const range = after === undefined ? '' : `WHERE id > ${params.add(after)}`;
    const [row] = await this.sql.query(
      `SELECT id FROM ${table} ${range} ORDER BY id
       LIMIT 1 OFFSET ${this.window - 1}`,
      params.values,
    );
    return row?.id;
  }
}
