'use strict';

// What the first release needs. Tables of the ancestor keep their names; all
// of it only adds, and `down` takes nothing away.

const COLUMN = {
  postgresql: {
    id: 'varchar(64)',
    uuid: 'uuid',
    time: 'timestamptz',
    text: 'text',
    // Counters are updated all the time: room for them within the page.
    busyTable: 'WITH (fillfactor = 50)',
    table: '',
  },
  mysql: {
    // Ids compare by their bytes: 'Ann' and 'ann' are two users.
    id: 'varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    uuid: 'varchar(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    time: 'datetime(3)',
    text: 'mediumtext',
    busyTable: 'DEFAULT CHARACTER SET utf8mb4',
    table: 'DEFAULT CHARACTER SET utf8mb4',
  },
};

function statements(dialect) {
  const {id, uuid, time, text, busyTable, table} = COLUMN[dialect];
  return [
    `CREATE TABLE IF NOT EXISTS chat_channels (
      id ${id} NOT NULL PRIMARY KEY,
      type varchar(64) NOT NULL,
      message_seq integer NOT NULL DEFAULT 0,
      change_seq integer NOT NULL DEFAULT 0,
      created_by ${id},
      created_on ${time} NOT NULL
    ) ${busyTable}`,
    `CREATE TABLE IF NOT EXISTS chat_channel_members (
      id ${uuid} NOT NULL PRIMARY KEY,
      channel_id ${id} NOT NULL,
      user_id ${id} NOT NULL,
      channel_type varchar(64) NOT NULL,
      role varchar(16) NOT NULL DEFAULT 'member',
      received_seq integer NOT NULL DEFAULT 0,
      read_seq integer NOT NULL DEFAULT 0,
      created_on ${time} NOT NULL,
      CONSTRAINT uq_chat_channel_members UNIQUE (channel_id, user_id)
    ) ${busyTable}`,
    `CREATE INDEX idx_chat_channel_members_user
      ON chat_channel_members (user_id, channel_type)`,
    `CREATE TABLE IF NOT EXISTS messages (
      id ${uuid} NOT NULL PRIMARY KEY,
      body ${text} NOT NULL,
      channel_id ${id} NOT NULL,
      channel_type varchar(200) NOT NULL,
      status integer NOT NULL DEFAULT 0,
      subject varchar(200),
      to_user_id ${id},
      parent_message_id ${uuid},
      kind varchar(16) NOT NULL DEFAULT 'text',
      ext text,
      seq integer NOT NULL,
      change_seq integer NOT NULL,
      edited_on ${time} NULL,
      created_by ${id},
      created_on ${time} NOT NULL,
      modified_by ${id},
      modified_on ${time} NOT NULL,
      deleted boolean NOT NULL DEFAULT false,
      deleted_by ${id},
      deleted_on ${time} NULL,
      CONSTRAINT uq_messages_channel_seq UNIQUE (channel_id, seq)
    ) ${table}`,
    `CREATE INDEX idx_messages_parent ON messages (parent_message_id)`,
  ];
}

async function dialectOf(db) {
  const answer = await db.runSql('SELECT version() AS version');
  const [{version}] = answer.rows ?? answer;
  return version.startsWith('PostgreSQL') ? 'postgresql' : 'mysql';
}

exports.up = async db => {
  for (const sql of statements(await dialectOf(db))) await db.runSql(sql);
};

exports.down = async () => undefined;

exports._meta = {version: 1};
