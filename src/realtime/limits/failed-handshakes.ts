import {ServerResponse, type IncomingMessage} from 'http';
import type {ChatLogger} from '../../types';
import {ConnectionCounter} from './connection-counter';
import {RateLimiter, type Rate} from './rate-limiter';

/** What is used of an Engine.IO server. */
interface Engine {
  readonly clients?: Readonly<Record<string, Connection>>;
  use(
    middleware: (
      request: EngineRequest,
      response: object,
      next: () => void,
    ) => void,
  ): void;
  on(event: 'connection', listener: (connection: Connection) => void): void;
}

type EngineRequest = IncomingMessage & {
  readonly _query?: {
    readonly sid?: string;
    readonly transport?: string;
    readonly EIO?: string;
  };
};

/** What is used of an Engine.IO connection. */
interface Connection {
  readonly request: IncomingMessage;
  readonly upgrading?: boolean;
  readonly upgraded?: boolean;
  on(event: 'close', listener: () => void): void;
}

/** So many of one network may be between opening and being let in. */
const MAX_PENDING = 1000;
const WARN_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 1000;

/**
 * Turns new connections away, before they cost much, that come from where too
 * many came from with which nobody was let in. Connections that there are, and
 * those let in, cost nothing and notice nothing.
 */
export class FailedHandshakes {
  private readonly limiter: RateLimiter;
  /** The networks of connections with which nobody was let in yet, nor refused. */
  private readonly pending = new WeakMap<object, string>();
  /** What is too much of them is said at the door alone. */
  private readonly counts = new ConnectionCounter(Infinity);
  /** The networks of those that were counted, and may try another token. */
  private readonly failed = new WeakMap<object, string>();
  private warnedAt = 0;

  /** @param networkOf tells where a request comes from */
  constructor(
    rate: Rate,
    private readonly networkOf: (request: IncomingMessage) => string,
    private readonly logger: ChatLogger,
  ) {
    this.limiter = new RateLimiter(rate);
  }

  /** Has an Engine.IO server answer 429 to new connections past the limit. */
  guard(server: object): void {
    const engine = server as Engine;
    engine.use((request, response, next) => {
      const isUpgrade = !(response instanceof ServerResponse);
      if (isOfConnection(engine, request, isUpgrade)) return next();
      const network = this.networkOf(request);
      // Nobody else would notice what becomes no connection.
      if (isUpgrade && !isOpening(request)) this.limiter.charge(network);
      const waitMs = this.waitOf(network);
      if (!waitMs) return next();
      this.warn(network);
      turnAway(request, response, waitMs);
    });
    const {fail} = this;
    // One function for all: of an idle connection each one of its own counts.
    function onClose(this: Connection) {
      fail(this);
    }
    engine.on('connection', connection => {
      const network = this.networkOf(connection.request);
      this.pending.set(connection, network);
      this.counts.add(network);
      connection.on('close', onClose);
    });
  }

  /** @returns whether its token need not be looked at: too many were bad already */
  isTooMany(connection: object): boolean {
    const network = this.pending.get(connection) ?? this.failed.get(connection);
    return network !== undefined && this.limiter.wait(network) > 0;
  }

  /** Counts a connection with which nobody was let in; once, however often it tries. */
  readonly fail = (connection: object): void => {
    const network = this.settle(connection);
    if (network === undefined) return;
    this.failed.set(connection, network);
    this.limiter.charge(network);
  };

  /** Counts a connection no more: somebody was let in, or could not be for our fault. */
  settle(connection: object): string | undefined {
    const network = this.pending.get(connection);
    if (network === undefined) return undefined;
    this.pending.delete(connection);
    this.counts.remove(network);
    return network;
  }

  /** Whoever is let by is nearly always heard: those who are not yet count as failing. */
  private waitOf(network: string): number {
    const pending = this.counts.of(network);
    const waitMs = this.limiter.wait(network, pending);
    return waitMs || (pending >= MAX_PENDING ? RETRY_AFTER_MS : 0);
  }

  /** Where it is the host's own proxy, all its users are turned away. */
  private warn(address: string): void {
    const now = Date.now();
    if (now - this.warnedAt < WARN_EVERY_MS) return;
    this.warnedAt = now;
    this.logger.warn('Connections are turned away: too many came to nothing', {
      address,
    });
  }
}

/** Tells whether a request is about a connection that there is, and makes no other. */
function isOfConnection(
  {clients = {}}: Engine,
  {_query: {sid = ''} = {}}: EngineRequest,
  isUpgrade: boolean,
): boolean {
  if (!Object.hasOwn(clients, sid)) return false;
  const {upgrading = false, upgraded = false} = clients[sid];
  return !isUpgrade || !(upgrading || upgraded);
}

/** Tells whether an upgrade may become a connection. */
function isOpening({_query: {sid, transport, EIO} = {}}: EngineRequest) {
  return !sid && transport === 'websocket' && EIO === '4';
}

function turnAway(
  {socket}: EngineRequest,
  response: object,
  waitMs: number,
): void {
  const seconds = Math.ceil(waitMs / 1000);
  if (response instanceof ServerResponse) {
    response.writeHead(429, {'Retry-After': seconds}).end();
    return;
  }
  // Another listener to upgrades may have ended it.
  socket.on('error', ignore);
  // Engine.IO's response to an upgrade ends the socket without a word. So short an
  // answer goes to the kernel at once: nobody has to be waited for.
  socket.write(
    'HTTP/1.1 429 Too Many Requests\r\n' +
      `Retry-After: ${seconds}\r\n` +
      'Connection: close\r\nContent-Length: 0\r\n\r\n',
  );
  socket.destroy();
}

/** One for all: a closure of its own would be garbage for each. */
function ignore(): void {
  // Whoever is turned away may go as they like.
}
