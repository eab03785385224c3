import type {PropertyDefinition} from '@loopback/repository';
import type {RowModel} from './row-source';
import {columnOf} from './sql-where';

/** Types whose values PostgreSQL writes as `JSON.stringify` does. */
const WRITABLE: unknown[] = ['string', String, 'number', 'boolean', 'date'];
/** As of `Date.toJSON`, which cuts what is less than a millisecond too. */
const ISO_8601 = `'"\\""YYYY-MM-DD"T"HH24:MI:SS.MS"Z\\""'`;

/**
 * Makes the expression, in PostgreSQL's SQL, that writes a row as an object of
 * JSON: property name → value, without NULLs.
 * @returns undefined when a property's type cannot be written so
 */
export function jsonOfRow(
  model: RowModel,
  names: string[],
): string | undefined {
  const {properties} = model.definition;
  if (!names.every(name => isWritable(properties[name]))) return undefined;
  const members = names.map(name => {
    const column = columnOf(model, name);
    const value = valueOf(column, properties[name].type);
    if (properties[name].id) return `'"${name}":', ${value}`;
    if (properties[name].type === 'boolean') return flag(name, column);
    return `CASE WHEN ${column} IS NOT NULL THEN ',"${name}":' END, ${value}`;
  });
  // The id is there in each row: after it, every comma is in its place.
  const first = names.findIndex(name => properties[name].id);
  if (first < 0)
    return `'{' || substr(concat(${members.join(', ')}), 2) || '}'`;
  const [id] = members.splice(first, 1);
  return `concat('{', ${[id, ...members].join(', ')}, '}')`;
}

/** Cheaper than what writes any value, of which there are many in a list. */
function flag(name: string, column: string): string {
  const member = (value: boolean) => `',"${name}":${value}'`;
  return `CASE WHEN ${column} THEN ${member(true)} WHEN NOT ${column} THEN ${member(false)} END`;
}

/** An adopted column may hold the text of an object; only `jsonb` surely is one. */
function isWritable({type, postgresql}: PropertyDefinition): boolean {
  return WRITABLE.includes(type) || postgresql?.dataType === 'jsonb';
}

function valueOf(column: string, type: PropertyDefinition['type']): string {
  if (type === 'number') return column;
  if (type !== 'date') return `to_json(${column})`;
  return `to_char(${column} AT TIME ZONE 'UTC', ${ISO_8601})`;
}
