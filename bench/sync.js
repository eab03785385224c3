// How long does a client need that missed 10,000 changes of a channel, and how
// long does PostgreSQL need to give the same rows at once?
//
//   node bench/sync.js [changes] [rounds]
//
// Needs PostgreSQL on 127.0.0.1 (PGHOST, PGPORT, PGUSER, PGDATABASE change it).
'use strict';
const {randomUUID} = require('crypto');
const os = require('os');
const {juggler} = require('@loopback/repository');
const {RestApplication} = require('@loopback/rest');
const {SignJWT} = require('jose');
const {Pool} = require('pg');
const {
  ChatServiceBindings,
  ChatServiceComponent,
  ORDINARY_PERMISSIONS,
} = require('..');

const [total = 10000, rounds = 5] = process.argv.slice(2).map(Number);
const [secret, issuer] = [randomUUID() + randomUUID(), 'bench'];
const database = {
  host: process.env.PGHOST ?? '127.0.0.1',
  port: Number(process.env.PGPORT ?? 5432),
  user: process.env.PGUSER ?? 'postgres',
  database: process.env.PGDATABASE ?? 'test',
};

async function givenApp() {
  const app = new RestApplication({rest: {port: 0, host: '127.0.0.1'}});
  app.bind('datasources.chatDb').to(
    new juggler.DataSource({
      name: 'chatDb',
      connector: 'postgresql',
      ...database,
    }),
  );
  app
    .bind(ChatServiceBindings.Config)
    .to({migrateOnStart: true, auth: {secret, issuer}});
  app.component(ChatServiceComponent);
  await app.start();
  return app;
}

/** Sends all messages of a channel of two users. */
async function givenChanges(app, [sender, receiver]) {
  const messages = await app.get(ChatServiceBindings.MessageService);
  const user = {id: sender, permissions: []};
  let sent = 0;
  let channelId;
  const lane = async () => {
    while (sent < total) {
      const body = `message ${++sent}`;
      const stored = await messages.send(user, {toUserId: receiver, body});
      channelId = stored.channelId;
    }
  };
  await Promise.all(Array.from({length: 256}, lane));
  return channelId;
}

/** Reads pages until there is no more; `ask` gives the page after a cursor. */
async function readAll(ask) {
  const seqs = new Set();
  let pages = 0;
  for (let since = 0, more = true; more; pages++) {
    const page = await ask(since);
    for (const {seq} of page.messages) seqs.add(seq);
    since = page.changeSeq;
    more = page.more;
  }
  if (seqs.size !== total) throw new Error(`${seqs.size} of ${total} came`);
  return pages;
}

/** Runs `read` some times and prints the median. */
async function measure(name, read) {
  const times = [];
  let pages;
  for (let round = 0; round <= rounds; round++) {
    const startedAt = process.hrtime.bigint();
    pages = await read();
    const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
    // The first one warms up.
    if (round) times.push(ms);
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  console.log(
    `${name.padEnd(32)} ${median.toFixed(0).padStart(6)} ms` +
      `   ${String(pages).padStart(3)} pages` +
      `   ${(median / pages).toFixed(1)} ms a page`,
  );
}

async function main() {
  const pool = new Pool({...database, max: 1});
  const {rows} = await pool.query(
    "SELECT current_setting('server_version') AS version",
  );
  console.log(
    `${os.cpus().length} cores, Node ${process.version}, ` +
      `PostgreSQL ${rows[0].version}; ${total} missed changes, ` +
      `median of ${rounds} rounds`,
  );
  const app = await givenApp();
  const run = randomUUID().slice(0, 8);
  const users = [`${run}-ann`, `${run}-bob`];
  const channelId = await givenChanges(app, users);
  const user = {id: users[1], permissions: []};
  const channels = await app.get(ChatServiceBindings.ChannelService);
  const sync = await app.get(ChatServiceBindings.SyncService);
  const token = await new SignJWT({
    id: user.id,
    permissions: ORDINARY_PERMISSIONS,
  })
    .setProtectedHeader({alg: 'HS256'})
    .setIssuer(issuer)
    .setExpirationTime('1h')
    .sign(Buffer.from(secret));
  const byRest = async (since, limit) => {
    const url = `${app.restServer.url}/channels/${channelId}/changes`;
    const answer = await fetch(`${url}?since=${since}&limit=${limit}`, {
      headers: {Authorization: `Bearer ${token}`},
    });
    return answer.json();
  };

  for (const limit of [200, 1000]) {
    await measure(`ChannelService.changes, ${limit}`, () =>
      readAll(since => channels.changes(user, channelId, {since, limit})),
    );
    await measure(`GET …/changes, ${limit}`, () =>
      readAll(since => byRest(since, limit)),
    );
  }
  await measure('SyncService.sync, 200', () =>
    readAll(async changeSeq => {
      const asked = {channels: [{channelId, changeSeq}]};
      return (await sync.sync(user, asked)).channels[0];
    }),
  );
  await measure('pg, all rows at once', async () => {
    const text = 'SELECT * FROM messages WHERE channel_id = $1';
    await pool.query(`${text} ORDER BY change_seq`, [channelId]);
    return 1;
  });
  await app.stop();
  await pool.end();
  process.exit();
}

main().catch(err => {
  console.error(err);
  process.exitCode = 1;
});
