import {SqlParams} from '../rows/sql-where';
import type {SqlRunner} from '../sql-runner';

/** @returns the columns of a table of the chat's schema; none when it is not there */
export async function columnsOfTable(
  sql: SqlRunner,
  table: string,
): Promise<Set<string>> {
  const params = new SqlParams(sql.dialect);
  const rows = await sql.query(
    sql.dialect === 'mysql'
      ? `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = DATABASE() AND table_name = ${params.add(table)}`
      : `SELECT attname AS name FROM pg_attribute
         WHERE attrelid = to_regclass(${params.add(sql.table(table))})
           AND attnum > 0 AND NOT attisdropped`,
    params.values,
  );
  return new Set(rows.map(({name}) => String(name)));
}

/** Tells whether the chat's schema has a table. */
export async function hasTable(
  sql: SqlRunner,
  table: string,
): Promise<boolean> {
  return (await columnsOfTable(sql, table)).size > 0;
}

/** Tells whether the chat's schema has a function. */
export async function hasRoutine(
  sql: SqlRunner,
  name: string,
): Promise<boolean> {
  const params = new SqlParams(sql.dialect);
  const rows = await sql.query(
    sql.dialect === 'mysql'
      ? `SELECT 1 FROM information_schema.routines
         WHERE routine_schema = DATABASE() AND routine_name = ${params.add(name)}`
      : `SELECT 1 WHERE to_regproc(${params.add(sql.table(name))}) IS NOT NULL`,
    params.values,
  );
  return rows.length > 0;
}
