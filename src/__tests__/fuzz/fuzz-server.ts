import {juggler} from '@loopback/repository';
import {RestApplication, RestBindings} from '@loopback/rest';
import {ChatServiceComponent} from '../../component';
import {CHAT_DB_NAME, ChatServiceBindings} from '../../keys';
import type {ChatLogger} from '../../types';
import {JWT_ISSUER, JWT_SECRET} from '../fixtures/token';

/** What the server tells the process that started it. */
export type ServerReport =
  | {readonly kind: 'port'; readonly port: number}
  | {readonly kind: 'line'; readonly text: string}
  | {
      readonly kind: 'state';
      readonly connections: number;
      readonly heapUsed: number;
      readonly rss: number;
      /** The longest time one turn of the event loop kept the processor. */
      readonly longestTurnMs: number;
    };

interface Turns {
  longestTurnMs: number;
}

/** What a storm of bad tokens is to come to. */
const TURNED_AWAY = 'Connections are turned away';
const TURN_MS = 20;
/** One frame must not keep all others waiting that long. */
const MAX_TURN_MS = 1000;

/** The server that is attacked: a host's app, in a process of its own. */
async function main(): Promise<void> {
  const app = new RestApplication({
    rest: {
      ...{host: '127.0.0.1', port: 0, gracePeriodForClose: 0},
      // So that each attacker can be somebody else.
      expressSettings: {'trust proxy': 'loopback'},
    } as object,
    shutdown: {signals: []},
  });
  const settings = JSON.parse(process.argv[2]);
  const dataSource = new juggler.DataSource({name: CHAT_DB_NAME, ...settings});
  app.bind(`datasources.${CHAT_DB_NAME}`).to(dataSource);
  app.bind(ChatServiceBindings.Logger).to(tellingLogger());
  app.bind(RestBindings.SequenceActions.LOG_ERROR).to(logFault);
  app.bind(ChatServiceBindings.Config).to({
    auth: {secret: JWT_SECRET, issuer: JWT_ISSUER},
    // What is kept on purpose is not what is looked for.
    realtime: {maxDisconnectionMs: 1000},
  });
  app.component(ChatServiceComponent);
  await app.start();
  const turns = watchTurns();
  process.on('message', () => void tellState(app, turns));
  // A warning is what nobody sees until it is a crash.
  process.on('warning', ({name, message}) =>
    tell({kind: 'line', text: `${name}: ${message}`}),
  );
  process.on('disconnect', () => process.exit());
  tell({kind: 'port', port: Number(new URL(app.restServer.url ?? '').port)});
}

const tell = (report: ServerReport) => process.send?.(report);

function tellingLogger(): ChatLogger {
  const write = (message: string, context?: object) => {
    tell({kind: 'line', text: `${message} ${JSON.stringify(context)}`});
  };
  const warn: ChatLogger['warn'] = (message, context) => {
    if (!message.startsWith(TURNED_AWAY)) write(message, context);
  };
  return {error: write, warn, info: () => undefined};
}

/** What ends in the middle, on a path that is the host's own, is LoopBack's to answer. */
function logFault(err: Error & {code?: string}, status: number): void {
  if (status < 500 || err.code?.startsWith('HPE_')) return;
  tell({kind: 'line', text: `status ${status}: ${err.stack}`});
}

async function tellState(app: RestApplication, turns: Turns): Promise<void> {
  const {longestTurnMs} = turns;
  const state = {...memory(), connections: await countConnections(app)};
  tell({kind: 'state', ...state, longestTurnMs});
  // Collecting garbage by force took a turn too.
  setTimeout(() => (turns.longestTurnMs = 0), 2 * TURN_MS);
}

function memory() {
  for (let times = 0; times < 4; times++) global.gc?.();
  const {heapUsed, rss} = process.memoryUsage();
  return {heapUsed, rss};
}

function countConnections(app: RestApplication): Promise<number> {
  const server = app.restServer.httpServer?.server;
  return new Promise(resolve => {
    server?.getConnections((_, count) => resolve(count));
  });
}

/**
 * Measures how long the event loop stood still by the processor time spent, as
 * the clock of a busy machine says nothing.
 */
function watchTurns(): Turns {
  const turns = {longestTurnMs: 0};
  let at = performance.now();
  let cpu = process.cpuUsage();
  setInterval(() => {
    const [now, used] = [performance.now(), process.cpuUsage(cpu)];
    const lateMs = now - at - TURN_MS;
    const usedMs = (used.user + used.system) / 1000;
    const turnMs = Math.min(lateMs, usedMs);
    if (turnMs > MAX_TURN_MS) {
      const text = `the event loop stood still for ${turnMs.toFixed()} ms`;
      tell({kind: 'line', text});
    }
    turns.longestTurnMs = Math.max(turns.longestTurnMs, turnMs);
    [at, cpu] = [now, process.cpuUsage()];
  }, TURN_MS);
  return turns;
}

// Mocha loads every file of the tests.
if (require.main === module) void main();
