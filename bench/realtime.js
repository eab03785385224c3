// How fast are sockets, beside the least that a durable chat does (`composed`)
// and beside socket.io itself (`bare`), in one run?
//
//   node bench/realtime.js [sends] [fan-out] [memory] [start]
//
// Needs PostgreSQL on 127.0.0.1 (PGHOST, PGPORT, PGUSER, PGDATABASE change it) and
// two cores; for 10,000 connections `ulimit -n 20000`.
'use strict';
const {execFileSync} = require('child_process');
const os = require('os');
const {Pool} = require('pg');
const {sessionPinner} = require('./pinned-sessions');
const {startServer} = require('./realtime/child');
const {connectUsers, fanOut, sendInPairs} = require('./realtime/load');
const {seedGroups, userId} = require('./realtime/users');

const database = {
  host: process.env.PGHOST ?? '127.0.0.1',
  port: Number(process.env.PGPORT ?? 5432),
  user: process.env.PGUSER ?? 'postgres',
  password: process.env.PGPASSWORD,
};
const settings = {
  ...database,
  database: process.env.PGDATABASE ?? 'chat_bench_realtime',
};
/** The server has the other one. */
const CORE = 1;
const PIN_EVERY_MS = 500;
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
  for (const [members, names] of [
    [100, ['bare', 'ours', 'unasked']],
    [1000, ['bare', 'ours']],
  ]) {
    await seedGroups(pool, 1, members);
    const options = {members, messages: 200_000 / members, inFlight: 64};
    const results = await compare(names, async server => {
      const before = await server.ask('cpu');
      const {rate, delivered} = await fanOut(server.port, options);
      const cpuMs = (await server.ask('cpu')) - before;
      return {rate, cpuUs: (1000 * cpuMs) / delivered};
    });
    const of = (name, key) => median(results[name].map(each => each[key]));
    for (const name of names) {
      const rates = of(name, 'rate') / of('bare', 'rate');
      const cpus = of('bare', 'cpuUs') / of(name, 'cpuUs');
      console.log(
        `fan-out to ${members}, ${name}: ${of(name, 'rate')}/s, server ` +
          `${of(name, 'cpuUs').toFixed(1)} us each; ratio ${rates.toFixed(2)}, ` +
          `by the server's time ${cpus.toFixed(2)}`,
      );
    }
  }
}

async function memory(pool) {
  const GROUPS = 10;
  for (const connections of [1000, 10_000]) {
    await seedGroups(pool, GROUPS, connections);
    const each = {};
    for (const name of ['bare', 'ours']) {
      const server = await startServer(name, settings);
      const rooms = Array.from({length: GROUPS}, (_, n) => `room-${n}`);
      const before = await server.ask('memory');
      const users = Array.from({length: connections}, (_, n) => userId(n));
      const sockets = await connectUsers(server.port, users, {rooms});
      const after = await server.ask('memory');
      const of = key => (after[key] - before[key]) / connections;
      each[name] = {rss: of('rss'), heapUsed: of('heapUsed')};
      console.log(
        `${connections} connections, ${name}: ${kib(each[name].rss)} ` +
          `resident, ${kib(each[name].heapUsed)} heap each`,
      );
      for (const socket of sockets) socket.close();
      await server.stop();
    }
    const ratio = key => (each.ours[key] / each.bare[key]).toFixed(2);
    console.log(`  ratio ${ratio('rss')} resident, ${ratio('heapUsed')} heap`);
  }
}

/** V8 gives the room for new objects back when it was quiet for a while. */
const REST_MS = 10_000;

async function start() {
  const names = ['loopback', 'existing'];
  const results = await compare(
    names,
    async server => {
      const {startedMs} = server;
      const {rss} = await server.ask('memory');
      await new Promise(resolve => setTimeout(resolve, REST_MS));
      const atRest = (await server.ask('memory')).rss;
      return {startedMs, rss, atRest};
    },
    5,
  );
  const of = (name, key) => median(results[name].map(each => each[key]));
  const mb = bytes => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  for (const name of names) {
    console.log(
      `start to listening, ${name}: ${of(name, 'startedMs')} ms, then ` +
        `${mb(of(name, 'rss'))} resident, ${mb(of(name, 'atRest'))} after ` +
        `${REST_MS / 1000} s at rest`,
    );
  }
  const ratio = key => (of('existing', key) / of('loopback', key)).toFixed(2);
  console.log(`  ratio ${ratio('startedMs')}, ${ratio('rss')} resident`);
}

const QUESTIONS = {sends, 'fan-out': fanOuts, memory, start};

async function main() {
  const chosen = process.argv.slice(2);
  execFileSync('taskset', ['-acp', String(CORE), String(process.pid)]);
  await recreateDatabase();
  const sessions = await sessionPinner(database, [settings.database], CORE);
  setInterval(sessions.pin, PIN_EVERY_MS);
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
