import {ServerResponse, type IncomingMessage} from 'http';
import {RateLimiter, type Rate} from './rate-limiter';

/** What is used of an Engine.IO server. */
interface Engine {
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
  /** With `sid` it is about a connection that there is. */
  readonly _query?: {readonly sid?: string};
};

/** What is used of an Engine.IO connection. */
interface Connection {
  /** What began it, until somebody is let in. */
  readonly request?: IncomingMessage;
  on(event: 'close', listener: () => void): void;
}

/**
 * Turns new connections away, before they cost much, that come from where too
 * many came from with which nobody was let in. Connections that there are, and
 * those let in, cost nothing and notice nothing.
 */
export class FailedHandshakes {
  private readonly limiter: RateLimiter;
  private readonly counted = new WeakSet<object>();

  /** @param networkOf tells where a request comes from */
  constructor(
    rate: Rate,
    private readonly networkOf: (request: IncomingMessage) => string,
  ) {
    this.limiter = new RateLimiter(rate);
  }

  /** Answers 429 to new connections past the limit. */
  guard(engine: Engine): void {
    engine.use((request, response, next) => {
      const waitMs = request._query?.sid
        ? 0
        : this.limiter.wait(this.networkOf(request));
      if (waitMs) turnAway(request, response, waitMs);
      else next();
    });
    const {count} = this;
    // One function for all: of an idle connection each one of its own counts.
    function onClose(this: Connection) {
      count(this);
    }
    engine.on('connection', connection => connection.on('close', onClose));
  }

  /** Counts a connection with which nobody was let in; once, however often it tries. */
  readonly count = (connection: Connection): void => {
    if (!connection.request || this.counted.has(connection)) return;
    this.counted.add(connection);
    this.limiter.charge(this.networkOf(connection.request));
  };
}

function turnAway(
  request: EngineRequest,
  response: object,
  waitMs: number,
): void {
  const seconds = Math.ceil(waitMs / 1000);
  if (response instanceof ServerResponse) {
    response.writeHead(429, {'Retry-After': seconds}).end();
    return;
  }
  // Engine.IO's response to an upgrade ends the socket without a word.
  const {socket} = request;
  socket.write(
    'HTTP/1.1 429 Too Many Requests\r\n' +
      `Retry-After: ${seconds}\r\n` +
      'Connection: close\r\nContent-Length: 0\r\n\r\n',
    () => socket.destroy(),
  );
}
