// What do ordinary users notice while others attack?
//
//   node bench/hostile.js [nothing] ['bad tokens'] ['bad tokens from everywhere']
//     ['at the limit'] [flood] ['flood of one user'] [mutants]
//
// Twenty users exchange messages in pairs, within their limits, on a server with
// the default limits; their acks are timed while all is quiet and during each
// attack, in turns: by the clients, and in the server from reading to writing. The
// server's main thread on one core; load, database and, while neither needs it, the
// attack on the other. Needs PostgreSQL on 127.0.0.1 (TEST_PG_* change it), two
// cores, Linux' `taskset`, and the right to make a control group.
'use strict';
const {execFileSync, spawn} = require('child_process');
const {randomUUID} = require('crypto');
const {once} = require('events');
const fs = require('fs');
const os = require('os');
const path = require('path');
const {Client} = require('pg');
const {io} = require('socket.io-client');
const {sessionPinner} = require('./pinned-sessions');
const {setMessageTextToProto} = require('..');
const {migrateUp} = require('../dist/repositories/migration/migrate');
const {ServerProcess} = require('../dist/__tests__/fuzz/server-process');
const {givenToken} = require('../dist/__tests__/fixtures/token');

const {env} = process;
const login = {
  host: env.TEST_PG_HOST ?? '127.0.0.1',
  port: Number(env.TEST_PG_PORT ?? 5432),
  user: env.TEST_PG_USER ?? 'postgres',
  password: env.TEST_PG_PASSWORD ?? '',
};
const database = 'chat_bench_hostile';
const USERS = 20;
const PAUSE_MS = 100;
const SECONDS = 20;
const ROUNDS = 3;
const SEED = 20261122;
const PIN_EVERY_MS = 500;
/** The server tells of its times somewhat later. */
const PROBE_MS = 200;
/**
 * The first asks nothing of the server: what a machine without rest does by itself.
 * Ten users at the limit ask what they may; ten times of that is the flood.
 */
const ATTACKS = [
  ...['nothing', 'bad tokens', 'bad tokens from everywhere'],
  ...['at the limit', 'flood', 'flood of one user', 'mutants'],
];

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
const ms = value => `${value.toFixed(1)} ms`;
const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];

async function recreateDatabase() {
  const client = new Client({...login, database: 'postgres'});
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${database}`);
  await client.end();
  const settings = {connector: 'postgresql', ...login, database};
  await migrateUp(settings);
  return settings;
}

async function connectUsers(port) {
  const sockets = [];
  for (let n = 0; n < USERS; n++) {
    const auth = {token: await givenToken(`honest-${n}`, {expiresAt: '2h'})};
    const socket = io(`http://127.0.0.1:${port}`, {
      ...{auth, transports: ['websocket'], forceNew: true},
      reconnection: false,
    });
    socket.on('on-message:text', (...args) => {
      const ack = args[args.length - 1];
      if (typeof ack === 'function') ack({statusCode: 200});
    });
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    sockets.push(socket);
  }
  return sockets;
}

/**
 * Makes a group of processes that get a core only while no other wants it. The policy
 * `SCHED_IDLE` alone yields to its own session only, where the kernel has autogroups,
 * and the database has another: it then waited for the attack.
 * @returns takes a process in; removes the group, once it is empty
 */
function idleGroup() {
  // Of the first version of control groups, and of the second.
  const roots = ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup'];
  const root = roots.find(each => fs.existsSync(each));
  if (!root) throw new Error('There are no control groups of processors.');
  const group = path.join(root, 'chat-bench-attack');
  fs.mkdirSync(group, {recursive: true});
  const control = path.join(root, 'cgroup.subtree_control');
  if (fs.existsSync(control)) fs.writeFileSync(control, '+cpu');
  fs.writeFileSync(path.join(group, 'cpu.idle'), '1');
  return {
    take: pid => fs.writeFileSync(path.join(group, 'cgroup.procs'), `${pid}`),
    remove: () => fs.rmdirSync(group),
  };
}

/** What a process has used of a core, in ms, as Linux counts it: in hundredths. */
function cpuOf(pid) {
  const [, rest] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}

function percentiles(times) {
  times.sort((a, b) => a - b);
  const at = share => times[Math.floor(share * (times.length - 1))];
  return {p50: at(0.5), p99: at(0.99)};
}

/** A server that tells with `inside` how long the acks took there. */
function startServer(settings) {
  const probe = path.join(__dirname, 'hostile/probe.js');
  const {NODE_OPTIONS} = env;
  env.NODE_OPTIONS = `${NODE_OPTIONS ?? ''} --require ${JSON.stringify(probe)}`;
  const server = new ServerProcess(settings);
  if (NODE_OPTIONS === undefined) delete env.NODE_OPTIONS;
  else env.NODE_OPTIONS = NODE_OPTIONS;
  const inside = [];
  server.reports.on('times', ({times}) => inside.push(...times));
  return {server, inside};
}

/** @returns percentiles of the time to an ack, and how many were not 200 */
async function talk(sockets, inside) {
  const times = [];
  inside.length = 0;
  let failed = 0;
  const endsAt = Date.now() + SECONDS * 1000;
  const send = async from => {
    const frame = setMessageTextToProto({
      ...{id: randomUUID(), session: 1, text: 'As people write.'},
      receiver: `honest-${from ^ 1}`,
    });
    const startedAt = performance.now();
    const {statusCode} = await sockets[from].emitWithAck(
      'on-message:text',
      frame,
    );
    times.push(performance.now() - startedAt);
    if (statusCode !== 200) failed++;
  };
  const one = async from => {
    // Not all of them at the same moment.
    await pause((from / USERS) * PAUSE_MS);
    const underway = [];
    for (; Date.now() < endsAt; await pause(PAUSE_MS)) {
      underway.push(send(from));
    }
    await Promise.all(underway);
  };
  await Promise.all(sockets.map((_, from) => one(from)));
  await pause(PROBE_MS);
  const insideP99 = percentiles(inside).p99;
  return {...percentiles(times), insideP99, failed};
}

/** Talks while there is an attack; tells what the server did in a second. */
async function during(kind, {port, pid, idle}, measure) {
  const timed = async () => {
    const [cpu, startedAt] = [cpuOf(pid), Date.now()];
    const measured = await measure();
    const seconds = (Date.now() - startedAt) / 1000;
    return {...measured, seconds, cpuShare: (cpuOf(pid) - cpu) / 10 / seconds};
  };
  if (kind === 'quiet') {
    return {...(await timed()), perSecond: 0, attackShare: 0};
  }
  const script = path.join(__dirname, 'hostile/attack.js');
  const args = ['-c', '1', process.execPath, script, port, kind, SEED];
  const child = spawn('taskset', args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // Merely nice, it would hold the load and the database up by its own work, which
  // others' clients do elsewhere.
  idle.take(child.pid);
  const count = async () => {
    child.send('count');
    const [done] = await once(child, 'message');
    return done;
  };
  await pause(1500);
  const [before, cpu] = [await count(), cpuOf(child.pid)];
  const measured = await timed();
  const {seconds} = measured;
  const perSecond = ((await count()) - before) / seconds;
  const attackShare = (cpuOf(child.pid) - cpu) / 10 / seconds;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
  await pause(1000);
  return {...measured, perSecond, attackShare};
}

/** Prints what the others noticed, and what it cost the server. */
function tell(kind, rounds) {
  const of = (name, key) => median(rounds[name].map(each => each[key]));
  for (const name of ['quiet', kind]) {
    const perSecond = of(name, 'perSecond');
    const rate = perSecond ? ` ${perSecond.toFixed()}/s` : '';
    const failed = rounds[name].map(each => each.failed).join('+');
    console.log(
      `${name}${rate} (${of(name, 'attackShare').toFixed()} % of a core): p50 ${ms(of(name, 'p50'))}, p99 ${ms(of(name, 'p99'))}, ` +
        `in the server ${ms(of(name, 'insideP99'))}, ` +
        `server ${of(name, 'cpuShare').toFixed()} % of a core, failed ${failed}`,
    );
  }
  const cost = (of(kind, 'cpuShare') - of('quiet', 'cpuShare')) * 10;
  const each = cost / of(kind, 'perSecond');
  const ratio = key => (of(kind, key) / of('quiet', key)).toFixed(2);
  console.log(
    `  p99 ${ratio('p99')} times the quiet one, ` +
      `${ratio('insideP99')} in the server` +
      (Number.isFinite(each) ? `; ${each.toFixed(2)} ms of the core each` : ''),
  );
}

async function main() {
  const chosen = process.argv.slice(2);
  const attacks = chosen.length ? chosen : ATTACKS;
  const settings = await recreateDatabase();
  const load = os.loadavg()[0].toFixed(1);
  console.log(`Node ${process.version}; load average ${load}`);
  const idle = idleGroup();
  const {server, inside} = startServer(settings);
  const {port} = await server.listening();
  const {pid} = server;
  execFileSync('taskset', ['-cp', '0', String(pid)]);
  execFileSync('taskset', ['-acp', '1', String(process.pid)]);
  const sessions = await sessionPinner(login, [database], 1);
  const pinning = setInterval(sessions.pin, PIN_EVERY_MS);
  const sockets = await connectUsers(port);
  const measure = () => talk(sockets, inside);
  await measure();
  for (const kind of attacks) {
    const rounds = {quiet: [], [kind]: []};
    // New code runs slowly, and a heap that has not found its size is collected often.
    await during(kind, {port, pid, idle}, measure);
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of ['quiet', kind]) {
        rounds[name].push(await during(name, {port, pid, idle}, measure));
      }
    }
    tell(kind, rounds);
  }
  if (server.lines.length) console.log(server.lines.join('\n'));
  for (const socket of sockets) socket.close();
  clearInterval(pinning);
  await server.stop();
  idle.remove();
  process.exit();
}

main().catch(err => {
  console.error(err);
  process.exit(1);
});
