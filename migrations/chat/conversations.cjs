'use strict';

const {EXTENDED_TABLES, NEW_TABLES} = require('./conversation-tables.cjs');

async function createTables(db) {
  for (const [table, definition] of Object.entries(NEW_TABLES)) {
    const present = await db.columns(table);
    if (!present.size) await db.createTable(table, definition);
  }
}

async function extendTables(db) {
  for (const [table, definition] of Object.entries(EXTENDED_TABLES)) {
    await db.alter(table, await db.changes(table, definition));
  }
}

/** A channel was last active when its newest message was written. */
async function noteActivity(db) {
  const [channels, messages] = ['chat_channels', 'messages'].map(db.table);
  await db.run(
    `UPDATE ${channels} SET active_on = COALESCE((
       SELECT m.created_on FROM ${messages} m
       WHERE m.channel_id = ${channels}.id AND m.seq = ${channels}.message_seq
     ), created_on)
     WHERE active_on IS NULL`,
  );
}

module.exports = {createTables, extendTables, noteActivity};
