// How fast are sockets, beside the least that a durable chat does (`composed`)
// and beside socket.io itself (`bare`), in one run?
//
//   node bench/realtime.js [sends] [fan-out] [memory] [start]
//
// Needs PostgreSQL on 127.0.0.1 (PGHOST, PGPORT, PGUSER change it) and two cores.
'use strict';
const os = require('os');
const {Pool} = require('pg');
const {startServer} = require('./realtime/child');
const {connectUsers, fanOut, sendInPairs} = require('./realtime/load');
const {seedGroups, userId} = require('./realtime/users');

const database = {
  host: process.env.PGHOST ?? '127.0.0.1',
  port: Number(process.env.PGPORT ?? 5432),
  user: process.env.PGUSER ?? 'postgres',
  password: process.env.PGPASSWORD,
};
const settings = {...database, database: 'chat_bench_realtime'};
const SECONDS = 4;
const ROUNDS = 3;

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];
const ms = value => `${value.toFixed(2)} ms`;
const kib = bytes => `${(bytes / 1024).toFixed(1)} KB`;

async function recreateDatabase() {
  const pool = new Pool({...database, database: 'postgres'});
  await pool.query(`DROP DATABASE IF EXISTS ${settings.database} WITH (FORCE)`);
  await pool.query(`CREATE DATABASE ${settings.database}`);
  const {rows} = await pool.query(
    `SELECT current_setting('server_version') AS version,
       current_setting('fsync') AS fsync`,
  );
  await pool.end();
  console.log(
    `${os.cpus().length} cores, server on one, load and database on the other; ` +
      `Node ${process.version}, PostgreSQL ${rows[0].version}, fsync ` +
      `${rows[0].fsync}; load average ${os.loadavg()[0].toFixed(1)}`,
  );
}

/** Runs `measure` against a server of its own, `ROUNDS` times each, in turns. */
async function compare(names, measure, rounds = ROUNDS) {
  const results = Object.fromEntries(names.map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const server = await startServer(name, settings);
      results[name].push(await measure(server));
      await server.stop();
    }
  }
  return results;
}

async function sends() {
  for (const inFlight of [1, 64, 512]) {
    const options = {pairs: 50, inFlight, seconds: SECONDS};
    const results = await compare(['composed', 'ours'], ({port}) =>
      sendInPairs(port, options),
    );
    const of = (name, key) => median(results[name].map(each => each[key]));
    for (const name of ['composed', 'ours']) {
      const lost = results[name].map(r => r.failed + r.undelivered).join('+');
      console.log(
        `sends, ${inFlight} in flight, ${name}: ${of(name, 'rate')}/s, end to ` +
          `end p50 ${ms(of(name, 'p50'))}, p99 ${ms(of(name, 'p99'))}, lost ${lost}`,
      );
    }
    const ratio = key => (of('ours', key) / of('composed', key)).toFixed(2);
    console.log(
      `  ratio ${ratio('rate')}, p50 ${ratio('p50')}, p99 ${ratio('p99')}`,
    );
  }
}

async function fanOuts(pool) {
  for (const members of [100, 1000]) {
    await seedGroups(pool, 1, members);
    const messages = 200_000 / members;
    const results = await compare(['bare', 'ours'], ({port}) =>
      fanOut(port, {members, messages}),
    );
    const [bare, ours] = ['bare', 'ours'].map(name => median(results[name]));
    console.log(
      `fan-out to ${members}: bare ${bare}/s, ours ${ours}/s, ` +
        `ratio ${(ours / bare).toFixed(2)}`,
    );
  }
}

async function memory(pool) {
  const GROUPS = 10;
  for (const connections of [1000, 10_000]) {
    await seedGroups(pool, GROUPS, connections);
    const perConnection = {};
    for (const name of ['bare', 'ours']) {
      const server = await startServer(name, settings);
      const rooms = Array.from({length: GROUPS}, (_, n) => `room-${n}`);
      const before = await server.ask('memory');
      const users = Array.from({length: connections}, (_, n) => userId(n));
      const sockets = await connectUsers(server.port, users, {rooms});
      const after = await server.ask('memory');
      perConnection[name] = (after.rss - before.rss) / connections;
      const heap = (after.heapUsed - before.heapUsed) / connections;
      console.log(
        `${connections} connections, ${name}: ${kib(perConnection[name])} ` +
          `resident, ${kib(heap)} heap each`,
      );
      for (const socket of sockets) socket.close();
      await server.stop();
    }
    const ratio = perConnection.ours / perConnection.bare;
    console.log(`  ratio ${ratio.toFixed(2)}`);
  }
}

async function start() {
  const results = await compare(
    ['ours'],
    async server => ({
      startedMs: server.startedMs,
      rss: (await server.ask('memory')).rss,
    }),
    5,
  );
  const of = key => median(results.ours.map(each => each[key]));
  console.log(
    `start to listening ${of('startedMs')} ms, then ` +
      `${(of('rss') / 2 ** 20).toFixed(0)} MB resident`,
  );
}

const QUESTIONS = {sends, 'fan-out': fanOuts, memory, start};

async function main() {
  const chosen = process.argv.slice(2);
  await recreateDatabase();
  // Makes the tables.
  await (await startServer('ours', settings)).stop();
  const pool = new Pool(settings);
  for (const [name, run] of Object.entries(QUESTIONS)) {
    if (!chosen.length || chosen.includes(name)) await run(pool);
  }
  await pool.end();
  process.exit();
}

main().catch(err => {
  console.error(err);
  process.exit(1);
});
