'use strict';

const {ADOPTED_TABLES, CHAT_TABLES} = require('./tables.cjs');

const ADOPTED = Object.entries(ADOPTED_TABLES);
const WRONGLY_DELETED = 'NOT deleted AND deleted_on IS NOT NULL';

/** Changes nothing, and tells of all that would stop a later step. */
async function checkTables(db) {
  const problems = [];
  for (const [table, definition] of ADOPTED) {
    const present = await db.columns(table);
    if (!present.size) continue;
    const missing = definition.mark.filter(name => !present.has(name));
    if (missing.length) {
      problems.push(
        `table ${table} is not the chat's, it has no ${missing.join(', ')}`,
      );
      continue;
    }
    problems.push(...(await tooLong(db, table, definition, present)));
    const changes = await db.changes(table, definition);
    const retyped = changes.flatMap(change => change.retyped ?? []);
    if (!retyped.length) continue;
    const obstacles = await db.obstacles(table, retyped);
    problems.push(...obstacles.map(what => `${what} holds ${table}`));
  }
  if (!problems.length) return;
  throw new Error(
    `${problems.join('; ')}. What holds a table has to be dropped, and made ` +
      'again after the migration.',
  );
}

/** Names the columns with ids that the chat's own columns cannot hold. */
async function tooLong(db, table, {columns}, present) {
  const problems = [];
  for (const [name, {type}] of Object.entries(columns)) {
    const size = {id: 64, word: 200}[type];
    if (!size || !present.has(name)) continue;
    const condition = `CHAR_LENGTH(${text(db, name)}) > ${size}`;
    if (!(await hasRow(db, table, condition))) continue;
    problems.push(`${table}.${name} has values over ${size} characters`);
  }
  return problems;
}

/** A column of any type as text. */
function text(db, column) {
  const type = db.dialect === 'mysql' ? 'CHAR' : 'text';
  return `CAST(${column} AS ${type})`;
}

async function createTables(db) {
  const tables = Object.entries({...CHAT_TABLES, ...ADOPTED_TABLES});
  for (const [table, definition] of tables) {
    const present = await db.columns(table);
    if (!present.size) await db.createTable(table, definition);
  }
}

/** Adds what a table lacks, but for the indexes: they come after the numbers. */
async function extendTable(db, table) {
  const changes = await db.changes(table, ADOPTED_TABLES[table]);
  await db.alter(
    table,
    changes.filter(change => !isIndex(change)),
  );
}

const isIndex = change => change.isIndex === true;

async function addIndexes(db) {
  for (const [table, definition] of ADOPTED) {
    await db.alter(table, await db.changes(table, definition));
  }
}

/** Keeps triggers and keys out of the way of an adoption that is not done. */
async function setAside(db) {
  if (await isAdopted(db)) return;
  await db.setAside(ADOPTED.map(([table]) => table));
}

async function isAdopted(db) {
  // The last step of it that changes a column.
  const seq = (await db.columns('messages')).get('seq');
  if (!seq || seq.isNullable) return false;
  for (const [table, definition] of ADOPTED) {
    const changes = await db.changes(table, definition);
    if (changes.some(change => !isIndex(change))) return false;
    if (await hasRow(db, table, WRONGLY_DELETED)) return false;
  }
  return true;
}

/** Numbers what has no number; no row that is not deleted has been deleted. */
async function backFill(db) {
  if (await hasRow(db, 'messages', 'seq IS NULL')) await db.setNumbers();
  for (const [table] of ADOPTED) {
    if (!(await hasRow(db, table, WRONGLY_DELETED))) continue;
    await db.run(
      `UPDATE ${db.table(table)} SET deleted_on = NULL WHERE ${WRONGLY_DELETED}`,
    );
  }
  await placeFiles(db);
}

/** A file belongs where its message does; the ancestor asked for no channel. */
async function placeFiles(db) {
  const isLost = 'channel_id IS NULL AND message_id IS NOT NULL';
  if (!(await hasRow(db, 'message_files', isLost))) return;
  const [files, messages] = ['message_files', 'messages'].map(db.table);
  await db.run(
    `UPDATE ${files} SET channel_id = (
       SELECT m.channel_id FROM ${messages} m
       WHERE ${text(db, 'm.id')} = ${text(db, `${files}.message_id`)})
     WHERE ${isLost}`,
  );
}

async function hasRow(db, table, condition) {
  const rows = await db.run(
    `SELECT 1 FROM ${db.table(table)} WHERE ${condition} LIMIT 1`,
  );
  return rows.length > 0;
}

/**
 * Makes the channels of messages that have none, with their members: whoever
 * wrote there, was written to, or is a recipient. Both in one transaction, and
 * members only of channels made here: who has left one since stays out.
 */
async function openChannels(db) {
  const [channels, members, messages, recipients] = [
    'chat_channels',
    'chat_channel_members',
    'messages',
    'message_recipients',
  ].map(db.table);
  const isNew = `NOT EXISTS (
    SELECT 1 FROM ${channels} c WHERE c.id = f.channel_id)`;
  await db.inTransaction(async () => {
    // Read is what lies before the first message that is noted as unread; the
    // ancestor knows of no message whether it arrived.
    await db.run(
      `INSERT INTO ${members} (id, channel_id, user_id, channel_type,
         received_seq, read_seq, created_on)
       SELECT ${db.newId}, p.channel_id, p.user_id, COALESCE(f.channel_type, ''),
         COALESCE(u.first_unread - 1, n.size),
         COALESCE(u.first_unread - 1, n.size), p.since
       FROM (
         SELECT w.channel_id, w.user_id, MIN(w.since) AS since FROM (
           SELECT channel_id, created_by AS user_id, created_on AS since
           FROM ${messages} WHERE created_by IS NOT NULL
           UNION ALL
           SELECT channel_id, to_user_id, created_on
           FROM ${messages} WHERE to_user_id IS NOT NULL
           UNION ALL
           SELECT m.channel_id, r.recipient_id, r.created_on
           FROM ${recipients} r JOIN ${messages} m ON m.id = r.message_id
           WHERE r.recipient_id IS NOT NULL AND NOT r.deleted
         ) w GROUP BY w.channel_id, w.user_id
       ) p
       JOIN (
         SELECT channel_id, MAX(seq) AS size FROM ${messages} GROUP BY channel_id
       ) n ON n.channel_id = p.channel_id
       JOIN ${messages} f ON f.channel_id = p.channel_id AND f.seq = 1
       LEFT JOIN (
         SELECT m.channel_id, r.recipient_id, MIN(m.seq) AS first_unread
         FROM ${recipients} r JOIN ${messages} m ON m.id = r.message_id
         WHERE NOT r.is_read AND NOT r.deleted
         GROUP BY m.channel_id, r.recipient_id
       ) u ON u.channel_id = p.channel_id AND u.recipient_id = p.user_id
       WHERE ${isNew}`,
    );
    await db.run(
      `INSERT INTO ${channels}
         (id, type, message_seq, change_seq, created_by, created_on)
       SELECT f.channel_id, COALESCE(f.channel_type, ''), n.messages, n.changes,
         f.created_by, f.created_on
       FROM (
         SELECT channel_id, MAX(seq) AS messages, MAX(change_seq) AS changes
         FROM ${messages} WHERE channel_id IS NOT NULL GROUP BY channel_id
       ) n
       JOIN ${messages} f ON f.channel_id = n.channel_id AND f.seq = 1
       WHERE ${isNew}`,
    );
  });
}

/** Makes room for longer user ids in the log that the ancestor's triggers write. */
async function widenAncestorsLog(db) {
  if (db.dialect !== 'mysql') return;
  const [writer] = await db.run(
    `SELECT 1 FROM information_schema.triggers
     WHERE trigger_schema = DATABASE() AND event_object_table = 'messages'
       AND action_statement LIKE '%audit_logs%' LIMIT 1`,
  );
  const userId = (await db.columns('audit_logs')).get('user_id');
  if (!writer || !userId || !(userId.length < 64)) return;
  await db.run('ALTER TABLE audit_logs MODIFY user_id varchar(64) NULL');
}

module.exports = {
  addIndexes,
  backFill,
  checkTables,
  createTables,
  extendTable,
  openChannels,
  setAside,
  widenAncestorsLog,
};
