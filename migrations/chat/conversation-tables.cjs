'use strict';

// What conversations need besides the tables of messages, in the words of
// `tables.cjs`.

const REQUIRED = {isRequired: true};
const FLAG = {type: 'boolean', ...REQUIRED, default: 'false'};
const COUNTER = {type: 'integer', ...REQUIRED, default: '0'};

const NEW_TABLES = {
  // What an edited message said before.
  chat_message_edits: {
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      message_id: {type: 'uuid', ...REQUIRED},
      channel_id: {type: 'id', ...REQUIRED},
      change_seq: {type: 'integer', ...REQUIRED},
      body: {type: 'text', ...REQUIRED},
      ext: {type: 'text'},
      written_on: {type: 'time', ...REQUIRED},
      replaced_on: {type: 'time', ...REQUIRED},
    },
    indexes: [{columns: ['message_id']}],
  },
  chat_message_reactions: {
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      message_id: {type: 'uuid', ...REQUIRED},
      channel_id: {type: 'id', ...REQUIRED},
      user_id: {type: 'id', ...REQUIRED},
      emoji: {type: 'id', ...REQUIRED},
      created_on: {type: 'time', ...REQUIRED},
    },
    indexes: [
      {columns: ['message_id', 'user_id', 'emoji'], isUnique: true},
      {columns: ['user_id']},
    ],
  },
  chat_notifications: {
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      type: {type: 'varchar(16)', ...REQUIRED},
      sender_id: {type: 'id', ...REQUIRED},
      receiver_id: {type: 'id', ...REQUIRED},
      channel_id: {type: 'id'},
      status: {type: 'varchar(16)', ...REQUIRED},
      // Of one that waits for an answer; two of the same key cannot wait.
      open_key: {type: 'id'},
      remark: {type: 'varchar(500)'},
      ext: {type: 'text'},
      created_on: {type: 'time', ...REQUIRED},
      modified_on: {type: 'time', ...REQUIRED},
    },
    indexes: [
      {columns: ['open_key'], isUnique: true},
      {columns: ['receiver_id', 'created_on']},
      {columns: ['sender_id']},
    ],
  },
  // One user's own view of another; a friendship is two rows.
  chat_contacts: {
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      owner_id: {type: 'id', ...REQUIRED},
      contact_id: {type: 'id', ...REQUIRED},
      is_friend: FLAG,
      remark: {type: 'varchar(200)'},
      starred: FLAG,
      blocked: FLAG,
      created_on: {type: 'time', ...REQUIRED},
      modified_on: {type: 'time', ...REQUIRED},
    },
    indexes: [
      {columns: ['owner_id', 'contact_id'], isUnique: true},
      {columns: ['contact_id']},
    ],
  },
};

/** Columns and indexes added to the tables that are there. */
const EXTENDED_TABLES = {
  chat_channels: {
    columns: {
      name: {type: 'varchar(200)'},
      avatar: {type: 'varchar(1024)'},
      size_class: {type: 'varchar(16)'},
      owner_id: {type: 'id'},
      // Number of the newest change of members, roles or properties.
      roster_change_seq: COUNTER,
      active_on: {type: 'time'},
      deleted: FLAG,
      deleted_by: {type: 'id'},
      deleted_on: {type: 'time'},
    },
    indexes: [],
  },
  chat_channel_members: {
    columns: {muted: FLAG, pinned: FLAG},
    indexes: [],
  },
  messages: {
    columns: {
      mentions: {type: 'json'},
      forwarded_from: {type: 'uuid'},
    },
    indexes: [{columns: ['channel_id', 'change_seq'], isUnique: true}],
  },
};

module.exports = {EXTENDED_TABLES, NEW_TABLES};
