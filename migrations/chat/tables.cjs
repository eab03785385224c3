'use strict';

// What the tables look like, in words that both databases have a type for:
// `id` (of users and channels), `uuid` (of messages, recipients and files),
// `word` (a host's own, which differs where a letter's case does),
// `time` (with milliseconds), `text`, `json`, `integer`, `bytes` (a count of
// them), `boolean` and `varchar(n)`. An adopted table keeps its own types where they hold as much.
// An index with `isLookup` finds rows by whole values, which may be of any length;
// of one with `isOfFew` most rows have no value, and are left out where that can be.

const REQUIRED = {isRequired: true};

const AUDITED = {
  created_by: {type: 'id'},
  created_on: {type: 'time', ...REQUIRED, default: 'now'},
  modified_by: {type: 'id'},
  modified_on: {type: 'time', ...REQUIRED, default: 'now'},
  deleted: {type: 'boolean', ...REQUIRED, default: 'false'},
  deleted_by: {type: 'id'},
  deleted_on: {type: 'time'},
};

const FLAG = {type: 'boolean', ...REQUIRED, default: 'false'};
const COUNTER = {type: 'integer', ...REQUIRED, default: '0'};

/** `isBusy`: rows are updated all the time, and need room within the page. */
const CHAT_TABLES = {
  chat_channels: {
    isBusy: true,
    columns: {
      id: {type: 'id', ...REQUIRED},
      type: {type: 'word', ...REQUIRED},
      message_seq: COUNTER,
      change_seq: COUNTER,
      created_by: {type: 'id'},
      created_on: {type: 'time', ...REQUIRED},
    },
    // No counter is in an index, so that raising one writes the row only.
    indexes: [],
  },
  chat_channel_members: {
    isBusy: true,
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      channel_id: {type: 'id', ...REQUIRED},
      user_id: {type: 'id', ...REQUIRED},
      channel_type: {type: 'word', ...REQUIRED},
      role: {type: 'varchar(16)', ...REQUIRED, default: "'member'"},
      received_seq: COUNTER,
      read_seq: COUNTER,
      created_on: {type: 'time', ...REQUIRED},
    },
    indexes: [
      {columns: ['channel_id', 'user_id'], isUnique: true},
      {columns: ['user_id', 'channel_type']},
    ],
  },
};

/** The ancestor's tables. `mark`: columns without which it is somebody else's. */
const ADOPTED_TABLES = {
  messages: {
    mark: ['id', 'body', 'channel_id', 'channel_type'],
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      body: {type: 'text', ...REQUIRED},
      channel_id: {type: 'id', ...REQUIRED},
      channel_type: {type: 'word', ...REQUIRED},
      status: COUNTER,
      subject: {type: 'varchar(200)'},
      to_user_id: {type: 'id'},
      parent_message_id: {type: 'uuid'},
      kind: {type: 'varchar(16)', ...REQUIRED, default: "'text'"},
      ext: {type: 'text'},
      // Rows that were there before get their numbers in a later step.
      seq: {type: 'integer', ...REQUIRED, isNumber: true},
      change_seq: {type: 'integer', ...REQUIRED, isNumber: true},
      edited_on: {type: 'time'},
      ...AUDITED,
    },
    indexes: [
      {columns: ['channel_id', 'seq'], isUnique: true},
      // The ancestor's clients page by it.
      {columns: ['channel_id', 'created_on']},
      {columns: ['parent_message_id'], isOfFew: true},
    ],
  },
  message_recipients: {
    mark: ['id', 'channel_id', 'recipient_id', 'message_id'],
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      channel_id: {type: 'id', ...REQUIRED},
      recipient_id: {type: 'id', ...REQUIRED},
      message_id: {type: 'uuid', ...REQUIRED},
      is_read: FLAG,
      is_favorite: FLAG,
      is_forwarded: FLAG,
      forwarded_by: {type: 'id'},
      ...AUDITED,
    },
    indexes: [
      {columns: ['message_id']},
      {columns: ['recipient_id']},
      {columns: ['channel_id']},
    ],
  },
  // The ancestor has a model of it and no migration: hosts made it themselves.
  message_files: {
    mark: ['id', 'message_id'],
    columns: {
      id: {type: 'uuid', ...REQUIRED},
      channel_id: {type: 'id'},
      message_id: {type: 'uuid'},
      file_key: {type: 'varchar(1024)'},
      meta_data: {type: 'json'},
      ...AUDITED,
    },
    indexes: [
      {columns: ['message_id']},
      {columns: ['channel_id']},
      {columns: ['created_by']},
    ],
  },
};

/** The name of an index that we make, unlike any of a host's. */
function indexName(table, {columns, isUnique}) {
  const prefix = isUnique ? 'chat_uq' : 'chat_ix';
  return `${prefix}_${table.replace(/^chat_/, '')}_${columns.join('_')}`;
}

/** How many characters a `varchar(n)` holds. */
function lengthOf(type) {
  return Number(/^varchar\((\d+)\)$/.exec(type)?.[1] ?? 0);
}

module.exports = {ADOPTED_TABLES, CHAT_TABLES, indexName, lengthOf};
