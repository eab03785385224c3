// How many durable messages a second does the store take, and how many does
// the database take when each is inserted and committed alone?
//
//   node bench/append.js [messages] [in flight] [conversations]
//
// Needs PostgreSQL on 127.0.0.1 (PGHOST, PGPORT, PGUSER, PGDATABASE change it).
'use strict';
const {randomUUID} = require('crypto');
const os = require('os');
const {juggler} = require('@loopback/repository');
const {RestApplication} = require('@loopback/rest');
const {Pool} = require('pg');
const {ChatServiceBindings, ChatServiceComponent} = require('..');

const [total = 20000, inFlight = 64, conversations = 50] = process.argv
  .slice(2)
  .map(Number);
const database = {
  host: process.env.PGHOST ?? '127.0.0.1',
  port: Number(process.env.PGPORT ?? 5432),
  user: process.env.PGUSER ?? 'postgres',
  database: process.env.PGDATABASE ?? 'test',
};

async function givenMessages() {
  const app = new RestApplication({rest: {port: 0, host: '127.0.0.1'}});
  app.bind('datasources.chatDb').to(
    new juggler.DataSource({
      name: 'chatDb',
      connector: 'postgresql',
      ...database,
    }),
  );
  app.bind(ChatServiceBindings.Config).to({
    migrateOnStart: true,
    auth: {secret: randomUUID() + randomUUID(), issuer: 'bench'},
  });
  app.component(ChatServiceComponent);
  await app.start();
  return {app, messages: await app.get(ChatServiceBindings.MessageService)};
}

/** Calls `send(i)` for each i, so many at a time; gives rate and latencies. */
async function measure(send, count) {
  const latencies = [];
  let next = 0;
  const startedAt = process.hrtime.bigint();
  const lane = async () => {
    while (next < count) {
      const sentAt = process.hrtime.bigint();
      await send(next++);
      latencies.push(Number(process.hrtime.bigint() - sentAt) / 1e6);
    }
  };
  await Promise.all(Array.from({length: inFlight}, lane));
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  latencies.sort((a, b) => a - b);
  const at = share => latencies[Math.floor(share * (latencies.length - 1))];
  return {rate: Math.round(count / seconds), p50: at(0.5), p99: at(0.99)};
}

/** The number of the newest writing transaction; asking takes one itself. */
async function newestTransaction(pool) {
  const {rows} = await pool.query('SELECT txid_current() AS id');
  return Number(rows[0].id);
}

function print(name, {rate, p50, p99}, transactions) {
  console.log(
    `${name.padEnd(28)} ${String(rate).padStart(6)}/s` +
      `   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms` +
      `   ${transactions} transactions`,
  );
}

async function main() {
  const pool = new Pool({...database, max: 10});
  const {rows} = await pool.query(
    "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync",
  );
  console.log(
    `${os.cpus().length} cores, Node ${process.version}, ` +
      `PostgreSQL ${rows[0].version}, fsync ${rows[0].fsync}; ` +
      `${total} messages, ${inFlight} in flight, ${conversations} conversations`,
  );
  await pool.query(
    'CREATE TABLE IF NOT EXISTS bench_plain (id uuid PRIMARY KEY, channel text, body text)',
  );
  const {app, messages} = await givenMessages();
  const run = randomUUID().slice(0, 8);
  const user = n => ({id: `${run}-${n}`, permissions: []});
  const sendOne = i =>
    messages.send(user(i % conversations), {
      toUserId: `${run}-peer-${i % conversations}`,
      body: `message ${i}`,
    });
  const insertOne = i =>
    pool.query('INSERT INTO bench_plain VALUES ($1, $2, $3)', [
      randomUUID(),
      `${run}-${i % conversations}`,
      `message ${i}`,
    ]);

  await measure(sendOne, conversations * 4);
  await measure(insertOne, conversations * 4);
  const start = await newestTransaction(pool);
  const ours = await measure(sendOne, total);
  const between = await newestTransaction(pool);
  const plain = await measure(insertOne, total);
  const end = await newestTransaction(pool);
  print('MessageService.send', ours, between - start - 1);
  print('pg, one insert each', plain, end - between - 1);
  console.log(`ratio ${(ours.rate / plain.rate).toFixed(2)}`);
  await pool.query('DROP TABLE bench_plain');
  await app.stop();
  await pool.end();
  process.exit();
}

main().catch(err => {
  console.error(err);
  process.exitCode = 1;
});
