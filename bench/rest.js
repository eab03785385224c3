// How many REST requests a second does a server answer on one core, beside
// `@sourceloop/chat-service` and a bare LoopBack controller?
//
//   node bench/rest.js [--quick] [--profile juggler|sequelize]
//
// Needs two cores, `taskset`, npm's registry the first time, and PostgreSQL on
// 127.0.0.1 (PGHOST, PGPORT, PGUSER, PGPASSWORD change it), where it makes the
// databases `chat_bench_ancestor` and `chat_bench_ours` anew. Writes
// `bench/rest/results.md`, unless it is quick or profiles.
'use strict';
const {createHmac, randomUUID} = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const {parseArgs} = require('util');
const ancestor = require('./rest/ancestor');
const {startChild} = require('./rest/child');
const {sessionPinner} = require('./pinned-sessions');
const data = require('./rest/data');
const {OPERATIONS} = require('./rest/load');
const {printProfile} = require('./rest/profile');
const {isMissed, toMarkdown} = require('./rest/report');

const {values: options} = parseArgs({
  options: {quick: {type: 'boolean'}, profile: {type: 'string'}},
});
const CONNECTIONS = 64;
const ROUNDS = options.quick ? 2 : 5;
const SECONDS = options.quick ? 2 : 4;
const WARM_UP_SECONDS = options.quick ? 2 : 3;
/** Opens the connections anew that a pool closed while others were measured. */
const REOPEN_SECONDS = 1;
const SERVER_CORE = 0;
const LOAD_CORE = 1;
const RESULTS = path.join(__dirname, 'rest/results.md');

const DATABASES = {
  ancestor: 'chat_bench_ancestor',
  juggler: 'chat_bench_ours',
  sequelize: 'chat_bench_ours',
  bare: 'chat_bench_ours',
};
// Newest first: ours has numbers for it, the ancestor only the time.
const ORDERS = {
  ancestor: 'createdOn DESC',
  juggler: 'seq DESC',
  sequelize: 'seq DESC',
  bare: 'createdOn DESC',
};
const env = {JWT_SECRET: randomUUID() + randomUUID(), JWT_ISSUER: 'bench'};

function makeToken(id) {
  const encode = part =>
    Buffer.from(JSON.stringify(part)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 6 * 3600;
  const claims = {id, iss: env.JWT_ISSUER, exp, username: id};
  claims.permissions = ['CreateMessage', 'ViewMessage'];
  const text = `${encode({alg: 'HS256', typ: 'JWT'})}.${encode(claims)}`;
  const hmac = createHmac('sha256', env.JWT_SECRET).update(text);
  return `${text}.${hmac.digest('base64url')}`;
}

async function makeDatabases() {
  const {migrateUp} = require('..');
  await data.makeDatabase(DATABASES.juggler, migrateUp, data.seedOurs);
  if (options.profile) return;
  ancestor.install();
  const {migrate} = ancestor;
  await data.makeDatabase(DATABASES.ancestor, migrate, data.seedAncestor);
}

async function startServer(name) {
  const settings = {...data.server, database: DATABASES[name]};
  const args = [name, JSON.stringify(settings)];
  const child = startChild('server.js', SERVER_CORE, args, env);
  const {answer: port} = await child.answer();
  const ask = async question => (await child.ask(question)).answer;
  return {name, port, ask, stop: child.stop};
}

async function measure(load, server, operation, seconds, tokens) {
  const before = await server.ask('cpu');
  const {name, port} = server;
  const order = ORDERS[name];
  const run = await load.ask({port, operation, order, tokens, seconds});
  const cpu = ((await server.ask('cpu')) - before) / run.count;
  const sample = JSON.parse(run.sample ?? 'null');
  if (operation === 'list' && sample?.length !== 50) run.errors.short = 1;
  for (const [reason, times] of Object.entries(run.errors)) {
    console.error(`${name} ${operation}: ${times} times ${reason}`);
  }
  const errors = Object.values(run.errors).reduce((sum, n) => sum + n, 0);
  return {...run, cpu, errors};
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function toFigures(runs) {
  const middle = key => median(runs.map(run => run[key]));
  return {
    rate: middle('rate'),
    p50: middle('p50'),
    p99: middle('p99'),
    cpu: middle('cpu'),
    errors: runs.reduce((sum, run) => sum + run.errors, 0),
  };
}

/** The servers in turn, round by round, so that a drift hits all alike. */
async function compare(load, servers, operation, tokens, sessions) {
  const runs = new Map(servers.map(server => [server.name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const server of servers) {
      await measure(load, server, operation, REOPEN_SECONDS, tokens);
      await sessions.pin();
      const run = await measure(load, server, operation, SECONDS, tokens);
      runs.get(server.name).push(run);
      console.log(
        `${operation} ${round + 1}/${ROUNDS} ${server.name}: ` +
          `${Math.round(run.rate)}/s, p99 ${run.p99.toFixed(1)} ms, ` +
          `CPU ${run.cpu.toFixed(2)} ms`,
      );
    }
  }
  const figures = [...runs].map(([name, list]) => [name, toFigures(list)]);
  return Object.fromEntries(figures);
}

async function profile(load, server, tokens) {
  for (const operation of OPERATIONS) {
    await server.ask('startProfile');
    const run = await measure(load, server, operation, SECONDS, tokens);
    const found = await server.ask('stopProfile');
    printProfile(`${server.name} ${operation}`, found, run.count);
  }
}

async function readPostgres() {
  const {rows} = await data.withPool('postgres', pool =>
    pool.query(
      `SELECT current_setting('server_version') AS version,
        current_setting('fsync') AS fsync,
        current_setting('shared_buffers') AS buffers`,
    ),
  );
  return rows[0];
}

async function main() {
  const names = options.profile ? [options.profile] : Object.keys(DATABASES);
  if (!names.every(name => name in DATABASES)) {
    throw new Error(`--profile takes ${Object.keys(DATABASES).join(', ')}`);
  }
  const loadBefore = os.loadavg()[0];
  await makeDatabases();
  const users = Array.from({length: CONNECTIONS}, (_, n) => data.userId(n));
  const tokens = users.map(makeToken);
  const load = startChild('load.js', LOAD_CORE);
  const servers = [];
  for (const name of names) servers.push(await startServer(name));
  for (const server of servers) {
    for (const operation of OPERATIONS) {
      await measure(load, server, operation, WARM_UP_SECONDS, tokens);
    }
  }
  const databases = [...new Set(Object.values(DATABASES))];
  const sessions = await sessionPinner(data.server, databases, LOAD_CORE);
  const isPinned = await sessions.pin();

  if (options.profile) await profile(load, servers[0], tokens);
  else {
    const results = {};
    for (const operation of OPERATIONS) {
      await data.settle(databases);
      results[operation] = await compare(
        ...[load, servers, operation, tokens, sessions],
      );
    }
    const conditions = {
      ...{rounds: ROUNDS, seconds: SECONDS, connections: CONNECTIONS},
      ...{postgres: await readPostgres(), isPinned},
      loads: [loadBefore, os.loadavg()[0]],
    };
    const text = toMarkdown(conditions, results);
    console.log(`\n${text}`);
    if (!options.quick) fs.writeFileSync(RESULTS, text);
    if (isMissed(results)) process.exitCode = 1;
  }
  await sessions.stop();
  for (const child of [load, ...servers]) child.stop();
}

main().catch(err => {
  console.error(err);
  process.exit(1);
});
