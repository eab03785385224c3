import type {SqlRunner} from '../sql-runner';

/** The types that columns of {@link jsonRows} may have. */
export type JsonColumn = 'uuid' | 'id' | 'int';

const POSTGRES = {uuid: 'uuid', id: 'varchar', int: 'int'};
const MYSQL = {
  uuid: 'VARCHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  id: 'VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  int: 'INT',
};

/**
 * Makes a table of one parameter: a JSON list of objects.
 * @param placeholder - of the parameter, as the dialect has it
 * @returns SQL for FROM or JOIN
 */
export function jsonRows(
  dialect: SqlRunner['dialect'],
  placeholder: string,
  alias: string,
  columns: Readonly<Record<string, JsonColumn>>,
): string {
  const names = Object.entries(columns);
  if (dialect === 'postgresql') {
    const types = names.map(([name, type]) => `${name} ${POSTGRES[type]}`);
    return `json_to_recordset(${placeholder}::json) AS ${alias}(${types.join(', ')})`;
  }
  const types = names.map(
    ([name, type]) => `${name} ${MYSQL[type]} PATH '$.${name}'`,
  );
  return `JSON_TABLE(${placeholder}, '$[*]' COLUMNS (${types.join(', ')})) AS ${alias}`;
}
