'use strict';

const {planChanges} = require('./column-changes.cjs');
const {indexName, lengthOf} = require('./tables.cjs');

const TYPES = {
  id: 'varchar(64)',
  uuid: 'uuid',
  word: 'varchar(200)',
  time: 'timestamptz',
  json: 'jsonb',
  bytes: 'double precision',
};
const ENABLE = {
  O: 'ENABLE TRIGGER',
  R: 'ENABLE REPLICA TRIGGER',
  A: 'ENABLE ALWAYS TRIGGER',
};

/**
 * The migrations' view of a PostgreSQL database. Tables are those of the
 * first schema of the search path.
 */
async function postgresql(run) {
  const [{schema}] = await run('SELECT current_schema() AS schema');
  if (!schema) throw new Error('The search path names no schema that exists.');
  // A policy that hides rows from the owner is an error, not a smaller result.
  await run('SET LOCAL row_security = off');
  const db = {
    run,
    dialect: 'postgresql',
    disabled: [],
    newId: 'gen_random_uuid()',
    name: quote,
    literal,
    table: table => `${quote(schema)}.${quote(table)}`,
    // db-migrate and our own runner have one open already.
    inTransaction: work => work(),
    columns: table => readColumns(db, schema, table),
    hasIndex: (table, index) => hasIndex(db, table, index),
    createTable: (table, definition) => createTable(db, table, definition),
    changes: (table, definition) =>
      planChanges(db, table, definition, {
        ...{describe, widening, others},
        addIndex: (name, index) => ({run: () => addIndex(db, name, index)}),
      }),
    obstacles: (table, columns) => findObstacles(db, table, columns),
    alter: (table, changes) => alter(db, table, changes),
    require: (table, columns) => setNotNull(db, table, columns),
    setAside: tables => disableTriggers(db, tables),
    putBack: () => putBack(db),
    // The transaction that failed takes all of it back.
    afterFailure: async () => undefined,
    setNumbers: () => setNumbers(db),
  };
  return db;
}

const quote = name => `"${name.replaceAll('"', '""')}"`;

/** A string constant, whatever `standard_conforming_strings` says. */
const literal = text =>
  `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** @returns by name; empty when there is no such table */
async function readColumns(db, schema, table) {
  const rows = await db.run(
    `SELECT column_name AS name, data_type AS type, is_nullable AS nullable,
       character_maximum_length AS length, column_default AS "default"
     FROM information_schema.columns
     WHERE table_schema = ${literal(schema)} AND table_name = ${literal(table)}`,
  );
  return new Map(
    rows.map(({nullable, ...row}) => [
      row.name,
      {...row, isNullable: nullable === 'YES'},
    ]),
  );
}

async function hasIndex(db, table, {columns, isUnique, isOfFew}) {
  const rows = await db.run(
    `SELECT i.indisunique AS "isUnique", (
       SELECT string_agg(a.attname, ',' ORDER BY k.position)
       FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
     ) AS columns, pg_get_expr(i.indpred, i.indrelid) AS condition
     FROM pg_index i
     WHERE i.indrelid = ${literal(db.table(table))}::regclass
       AND i.indexprs IS NULL AND i.indisvalid`,
  );
  const wanted = columns.join();
  const ofFew = isOfFew ? `(${isGiven(columns)})` : null;
  return rows
    .filter(({condition}) => condition === null || condition === ofFew)
    .some(index =>
      isUnique
        ? index.isUnique && index.columns === wanted
        : `${index.columns},`.startsWith(`${wanted},`),
    );
}

/** As PostgreSQL writes it too, which is how such an index is known again. */
const isGiven = ([column]) => `${column} IS NOT NULL`;

async function createTable(db, table, {columns, indexes, isBusy}) {
  const lines = Object.entries(columns).map(
    ([name, column]) => `${quote(name)} ${describe(column)}`,
  );
  await db.run(
    `CREATE TABLE ${db.table(table)} (${lines.join(', ')}, PRIMARY KEY (id))
     ${isBusy ? 'WITH (fillfactor = 50)' : ''}`,
  );
  for (const index of indexes) await addIndex(db, table, index);
}

async function addIndex(db, table, index) {
  await db.run(
    `CREATE ${index.isUnique ? 'UNIQUE' : ''} INDEX
       ${quote(indexName(table, index))}
     ON ${db.table(table)} ${index.isLookup ? 'USING hash' : ''}
       (${index.columns.map(quote).join(', ')})
     ${index.isOfFew ? `WHERE ${isGiven(index.columns)}` : ''}`,
  );
}

function describe(column, {canBeNull = !column.isRequired} = {}) {
  const preset =
    column.default === 'now' ? 'current_timestamp' : column.default;
  return [
    TYPES[column.type] ?? column.type,
    canBeNull ? '' : 'NOT NULL',
    preset ? `DEFAULT ${preset}` : '',
  ].join(' ');
}

/** The ancestor gives every row a time of deletion. */
function others(present) {
  const deletedOn = present.get('deleted_on');
  if (!deletedOn || (deletedOn.isNullable && !deletedOn.default)) return [];
  const column = 'ALTER COLUMN deleted_on';
  return [{sql: `${column} DROP NOT NULL, ${column} DROP DEFAULT`}];
}

function widening(name, {type}, known) {
  const length = {id: 64, word: 200}[type] ?? lengthOf(type);
  const isNarrow =
    (type === 'id' && known.type === 'uuid') ||
    (/^character/.test(known.type) && known.length < length);
  if (!isNarrow) return undefined;
  const column = quote(name);
  return `ALTER COLUMN ${column} TYPE varchar(${length}) USING ${column}::text`;
}

/** What depends on the columns so that PostgreSQL will not change their type. */
async function findObstacles(db, table, columns) {
  const rows = await db.run(
    `SELECT DISTINCT pg_describe_object(d.classid, d.objid, 0) AS what
     FROM pg_depend d
     JOIN pg_attribute a
       ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     LEFT JOIN pg_constraint c
       ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
     WHERE d.refclassid = 'pg_class'::regclass
       AND d.refobjid = ${literal(db.table(table))}::regclass
       AND a.attname IN (${columns.map(literal).join(', ')})
       AND (c.contype = 'f' OR d.classid IN (
         'pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass))
     ORDER BY what`,
  );
  return rows.map(({what}) => what);
}

async function alter(db, table, changes) {
  // One statement: the table is written anew once, whatever changes.
  const clauses = changes.flatMap(({sql}) => sql ?? []);
  if (clauses.length) {
    await db.run(`ALTER TABLE ${db.table(table)} ${clauses.join(', ')}`);
  }
  for (const {run} of changes) await run?.();
}

async function setNotNull(db, table, columns) {
  const present = await db.columns(table);
  const clauses = columns
    .filter(name => present.get(name).isNullable)
    .map(name => `ALTER COLUMN ${quote(name)} SET NOT NULL`);
  if (clauses.length) {
    await db.run(`ALTER TABLE ${db.table(table)} ${clauses.join(', ')}`);
  }
}

/**
 * Disables the triggers of the tables: the ancestor's would set `modified_on` of
 * every row of the back-fill, and log every row.
 */
async function disableTriggers(db, tables) {
  const names = tables.map(table => `${literal(db.table(table))}::regclass`);
  const triggers = await db.run(
    `SELECT tgrelid::regclass::text AS "table", tgname AS name, tgenabled AS mode
     FROM pg_trigger
     WHERE tgrelid IN (${names.join(', ')})
       AND NOT tgisinternal AND tgenabled <> 'D'`,
  );
  for (const {table, name} of triggers) {
    await db.run(`ALTER TABLE ${table} DISABLE TRIGGER ${quote(name)}`);
  }
  db.disabled = triggers;
}

async function putBack(db) {
  for (const {table, name, mode} of db.disabled) {
    await db.run(`ALTER TABLE ${table} ${ENABLE[mode]} ${quote(name)}`);
  }
}

/** Numbers the messages of each channel 1, 2, 3 … in their order of time. */
async function setNumbers(db) {
  const messages = db.table('messages');
  await db.run(
    `UPDATE ${messages} AS m
     SET seq = n.rank, change_seq = n.rank,
       deleted_on = CASE WHEN m.deleted THEN m.deleted_on END
     FROM (
       SELECT id, row_number() OVER (
         PARTITION BY channel_id ORDER BY created_on, id) AS rank
       FROM ${messages}
     ) n
     WHERE n.id = m.id`,
  );
}

module.exports = {postgresql};
