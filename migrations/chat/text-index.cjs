'use strict';

// The full-text index of messages. Both databases keep writers away while they
// make it. Where that is too long, the index may be made beforehand, under any
// name, and is found here: on PostgreSQL by the statement below with
// CONCURRENTLY, which a migration cannot say, as it runs in a transaction.

const NAME = 'chat_ft_messages_body';

// What the search asks for, to the letter: src/repositories/search. Some signs
// become spaces, as the parser takes texts with them for a tag, a host or a path
// and would not find the words in there. The length keeps a long text of the
// ancestor's within the 1 MB that a tsvector holds; the chat's own are shorter.
const WORDS =
  "to_tsvector('simple', translate(left(body, 16384), '<&./-+', '      '))";

/** Adds the index by which messages are searched, unless there is one. */
async function addTextIndex(db) {
  if (db.dialect === 'mysql') return addToMysql(db);
  return addToPostgres(db);
}

async function addToPostgres(db) {
  const messages = db.table('messages');
  const indexes = await db.run(
    `SELECT pg_get_expr(i.indexprs, i.indrelid) AS words
     FROM pg_index i
     JOIN pg_class c ON c.oid = i.indexrelid
     JOIN pg_am a ON a.oid = c.relam
     WHERE i.indrelid = ${db.literal(messages)}::regclass
       AND i.indisvalid AND i.indpred IS NULL AND i.indnatts = 1
       AND a.amname = 'gin'`,
  );
  if (indexes.some(({words}) => plain(words) === plain(WORDS))) return;
  // Not without the deleted ones: of an index that has a condition the planner
  // heeds no statistics, and takes every word for a rare one.
  await db.run(`CREATE INDEX ${NAME} ON ${messages} USING gin (${WORDS})`);
}

/** An expression without what PostgreSQL adds when it shows it. */
const plain = expression => String(expression).replace(/::\w+|[\s"()]/g, '');

async function addToMysql(db) {
  const indexes = await db.run(
    `SELECT GROUP_CONCAT(column_name) AS columns
     FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = 'messages'
       AND index_type = 'FULLTEXT'
     GROUP BY index_name`,
  );
  if (indexes.some(({columns}) => columns === 'body')) return;
  // Else words of the server's own list would not be found.
  await db.run('SET SESSION innodb_ft_enable_stopword = OFF');
  try {
    await db.run(`ALTER TABLE messages ADD FULLTEXT INDEX ${NAME} (body)`);
  } finally {
    await db.run('SET SESSION innodb_ft_enable_stopword = DEFAULT');
  }
}

module.exports = {addTextIndex};
