'use strict';

/** A channel was last active when its newest message was written. */
async function noteActivity(db) {
  const [channels, messages] = ['chat_channels', 'messages'].map(db.table);
  const isNewest = 'm.channel_id = c.id AND m.seq = c.message_seq';
  // One join: PostgreSQL has no use yet of an index made in this transaction, and
  // would read all messages once more for each channel.
  await db.run(
    db.dialect === 'mysql'
      ? `UPDATE ${channels} c JOIN ${messages} m ON ${isNewest}
         SET c.active_on = m.created_on WHERE c.active_on IS NULL`
      : `UPDATE ${channels} c SET active_on = m.created_on FROM ${messages} m
         WHERE ${isNewest} AND c.active_on IS NULL`,
  );
  await db.run(
    `UPDATE ${channels} SET active_on = created_on WHERE active_on IS NULL`,
  );
}

module.exports = {noteActivity};
