'use strict';

// MySQL cannot switch a trigger off, and changes no column of a foreign key.
// Triggers that fire on UPDATE (the ancestor's would set `modified_on` of every
// row, and log every row) and the foreign keys between the chat's tables are
// dropped for the adoption, and made again from their own text. The texts are
// kept in a table meanwhile, so that a process that ends in between loses none:
// the next run puts them back.

const KEPT = 'chat_migration_kept';

/** Drops the UPDATE triggers and foreign keys of the tables, to be put back. */
async function setAside(db, tables) {
  const names = tables.map(db.literal).join(', ');
  const kept = [
    ...(await readTriggers(db, names)),
    ...(await readForeignKeys(db, names)),
  ];
  if (!kept.length) return;
  await keep(db, kept);
  for (const {drop} of kept) await db.run(drop);
}

async function readTriggers(db, tables) {
  const rows = await db.run(
    `SELECT trigger_name AS name FROM information_schema.triggers
     WHERE trigger_schema = DATABASE() AND event_object_table IN (${tables})
       AND event_manipulation = 'UPDATE'
     ORDER BY event_object_table, action_timing, action_order`,
  );
  const triggers = [];
  for (const {name} of rows) {
    const [shown] = await db.run(`SHOW CREATE TRIGGER ${db.name(name)}`);
    triggers.push({
      name: `trigger ${name}`,
      drop: `DROP TRIGGER ${db.name(name)}`,
      statement: shown['SQL Original Statement'],
      sql_mode: shown.sql_mode,
      client: shown.character_set_client,
      collation: shown.collation_connection,
    });
  }
  return triggers;
}

async function readForeignKeys(db, tables) {
  const rows = await db.run(
    `SELECT r.constraint_name AS name, r.table_name AS child,
       r.referenced_table_name AS parent, r.delete_rule AS onDelete,
       r.update_rule AS onUpdate, k.column_name AS childColumn,
       k.referenced_column_name AS parentColumn
     FROM information_schema.referential_constraints r
     JOIN information_schema.key_column_usage k
       ON k.constraint_schema = r.constraint_schema
       AND k.constraint_name = r.constraint_name AND k.table_name = r.table_name
     WHERE r.constraint_schema = DATABASE()
       AND r.table_name IN (${tables}) AND r.referenced_table_name IN (${tables})
     ORDER BY r.table_name, r.constraint_name, k.ordinal_position`,
  );
  const session = await readSession(db);
  const names = [...new Set(rows.map(({child, name}) => `${child} ${name}`))];
  return names.map(key => {
    const parts = rows.filter(({child, name}) => `${child} ${name}` === key);
    const [{name, child, parent, onDelete, onUpdate}] = parts;
    const list = end => parts.map(part => db.name(part[end])).join(', ');
    return {
      ...session,
      name: `foreign key ${name}`,
      drop: `ALTER TABLE ${db.name(child)} DROP FOREIGN KEY ${db.name(name)}`,
      statement: `ALTER TABLE ${db.name(child)}
        ADD CONSTRAINT ${db.name(name)} FOREIGN KEY (${list('childColumn')})
        REFERENCES ${db.name(parent)} (${list('parentColumn')})
        ON DELETE ${onDelete} ON UPDATE ${onUpdate}`,
    };
  });
}

async function keep(db, kept) {
  await db.run(
    `CREATE TABLE IF NOT EXISTS ${KEPT} (
       position integer NOT NULL AUTO_INCREMENT PRIMARY KEY,
       name varchar(80) NOT NULL UNIQUE,
       statement mediumtext NOT NULL,
       sql_mode text NOT NULL,
       client varchar(64) NOT NULL,
       collation varchar(64) NOT NULL
     ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
  );
  for (const {name, statement, sql_mode, client, collation} of kept) {
    if (name.startsWith('trigger ')) await checkThatWeMay(db, statement);
    const values = [name, statement, sql_mode, client, collation];
    await db.run(
      `INSERT IGNORE INTO ${KEPT} (name, statement, sql_mode, client, collation)
       VALUES (${values.map(db.literal).join(', ')})`,
    );
  }
}

/** Making a trigger in another's name needs a right: better to know it before. */
async function checkThatWeMay(db, statement) {
  const [definer] = /DEFINER\s*=\s*\S+/i.exec(statement) ?? [''];
  const probe = 'chat_migration_probe';
  await db.run(`DROP TRIGGER IF EXISTS ${probe}`);
  await db.run(
    `CREATE ${definer} TRIGGER ${probe} BEFORE UPDATE ON ${KEPT}
     FOR EACH ROW SET @chat_migration_probe = 1`,
  );
  await db.run(`DROP TRIGGER ${probe}`);
}

/** Makes again what this run, or one that ended half-way, has dropped. */
async function putBack(db) {
  const [isKept] = await db.run(
    `SELECT 1 FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name = '${KEPT}'`,
  );
  if (!isKept) return;
  const present = await readNames(db);
  const session = await readSession(db);
  const kept = await db.run(`SELECT * FROM ${KEPT} ORDER BY position`);
  for (const {name, statement, ...settings} of kept) {
    if (present.has(name)) continue;
    try {
      await setSession(db, settings);
      await db.run(statement);
    } finally {
      await setSession(db, session);
    }
  }
  await db.run(`DROP TABLE ${KEPT}`);
}

async function readNames(db) {
  const rows = await db.run(
    `SELECT CONCAT('trigger ', trigger_name) AS name
     FROM information_schema.triggers WHERE trigger_schema = DATABASE()
     UNION ALL
     SELECT CONCAT('foreign key ', constraint_name)
     FROM information_schema.referential_constraints
     WHERE constraint_schema = DATABASE()`,
  );
  return new Set(rows.map(({name}) => name));
}

async function readSession(db) {
  const [session] = await db.run(
    `SELECT @@sql_mode AS sql_mode, @@character_set_client AS client,
       @@collation_connection AS collation`,
  );
  return session;
}

async function setSession(db, {sql_mode, client, collation}) {
  await db.run(
    `SET sql_mode = ${db.literal(sql_mode)}, character_set_client = ${client},
       collation_connection = ${collation}`,
  );
}

module.exports = {putBack, setAside};
