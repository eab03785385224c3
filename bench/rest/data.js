// What the databases hold and what the load asks for: 100,000 messages in 100
// channels, and 64 users who are each a member of every fifth channel.
'use strict';
const {createHash} = require('crypto');
const {Pool} = require('pg');

const MESSAGES = 100_000;
const CHANNELS = 100;
const USERS = 64;
const STEP = 5;

const server = {
  host: process.env.PGHOST ?? '127.0.0.1',
  port: Number(process.env.PGPORT ?? 5432),
  user: process.env.PGUSER ?? 'postgres',
  password: process.env.PGPASSWORD,
};

const idOf = (kind, n) => `${kind}-0000-4000-8000-${`${n}`.padStart(12, '0')}`;
const userId = n => idOf('00000001', n);
const channelId = n => idOf('00000002', n);

/** The id of the n-th message, as SQL makes it from the same text. */
function messageId(n) {
  const hex = createHash('md5').update(`message ${n}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Message n is of channel n % CHANNELS; a user sees every fifth channel. */
function channelOfUser(user, n) {
  return ((n * STEP) % CHANNELS) + (user % STEP);
}

/** A number of a message in that channel. */
function messageOfChannel(channel, n) {
  return ((n * 7919) % (MESSAGES / CHANNELS)) * CHANNELS + channel;
}

// Alike in both databases; $1 etc. cannot stand in a series of statements.
const padded = n => `lpad((${n})::text, 12, '0')`;
const userSql = n => `'00000001-0000-4000-8000-' || ${padded(n)}`;
const channelSql = n => `'00000002-0000-4000-8000-' || ${padded(n)}`;
const authorSql = `n % ${CHANNELS} % ${STEP} + ${STEP} * (n % 12)`;
const createdSql = `now() - (${MESSAGES} - n) * interval '1 second'`;

const COLUMNS = `id, body, channel_id, channel_type, status, subject,
  created_by, created_on, modified_by, modified_on, deleted`;
const valuesSql = cast => `md5('message ' || n)::uuid,
  'Message number ' || n || ', of about the length that people write.',
  (${channelSql(`n % ${CHANNELS}`)})${cast}, 'task', 0, 'Task ' || n % 500,
  (${userSql(authorSql)})${cast}, ${createdSql},
  (${userSql(authorSql)})${cast}, ${createdSql}, false`;
const seriesSql = `FROM generate_series(0, ${MESSAGES - 1}) AS n`;

const seedAncestor = `
  SET session_replication_role = replica; -- its log begins empty
  INSERT INTO main.messages (${COLUMNS}) SELECT ${valuesSql('::uuid')} ${seriesSql};
  -- It comes with no index but the primary key: without this one its lists
  -- would measure a scan of the table.
  CREATE INDEX ON main.messages (channel_id, created_on);`;

const seedOurs = `
  INSERT INTO messages (${COLUMNS}, seq, change_seq)
    SELECT ${valuesSql('')}, n / ${CHANNELS} + 1, n / ${CHANNELS} + 1 ${seriesSql};
  INSERT INTO chat_channels (id, type, message_seq, change_seq, created_by, created_on)
    SELECT ${channelSql('n')}, 'task', ${MESSAGES / CHANNELS},
      ${MESSAGES / CHANNELS}, ${userSql(`n % ${STEP}`)}, now()
    FROM generate_series(0, ${CHANNELS - 1}) AS n;
  INSERT INTO chat_channel_members (id, channel_id, user_id, channel_type, created_on)
    SELECT gen_random_uuid(), ${channelSql('c')}, ${userSql('u')}, 'task', now()
    FROM generate_series(0, ${CHANNELS - 1}) AS c, generate_series(0, ${USERS - 1}) AS u
    WHERE c % ${STEP} = u % ${STEP};`;

async function withPool(database, work) {
  const pool = new Pool({...server, database, max: 1});
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** Makes a database anew: its tables by `migrate`, then its rows. */
async function makeDatabase(database, migrate, seed) {
  await withPool('postgres', async pool => {
    await pool.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await pool.query(`CREATE DATABASE ${database}`);
  });
  await migrate({connector: 'postgresql', ...server, database});
  await withPool(database, async pool => {
    await pool.query(seed);
    await pool.query('VACUUM ANALYZE');
  });
}

/** Leaves nothing to be tidied up while something is measured. */
async function settle(databases) {
  for (const database of databases) {
    await withPool(database, pool => pool.query('VACUUM ANALYZE'));
  }
  await withPool('postgres', pool => pool.query('CHECKPOINT'));
}

module.exports = {
  ...{CHANNELS, MESSAGES, USERS, server, seedAncestor, seedOurs},
  ...{channelId, channelOfUser, makeDatabase, messageId, messageOfChannel},
  ...{settle, userId, withPool},
};
