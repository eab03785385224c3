import {
  BindingScope,
  inject,
  lifeCycleObserver,
  type Application,
  type LifeCycleObserver,
} from '@loopback/core';
import {CoreBindings} from '@loopback/core';
import type {RestServer} from '@loopback/rest';
import type {Server as HttpServer} from 'http';
import {Server, type Namespace} from 'socket.io';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {ChatLogger} from '../types';
import type {AccessWatch} from './access-watch';
import {boundedParser} from './bounded-parser';
import type {ChatServer, ChatSocket} from './chat-socket';
import {answerInTurn} from './delivery/answers-in-turn';
import {DeliveryAdapter} from './delivery/delivery.adapter';
import type {Expiry} from './expiry';
import type {Gateway} from './gateway';
import {refusalOf, type Handshake, type RefusedError} from './handshake';
import {clientNetwork} from './limits/client-network';
import {FailedHandshakes} from './limits/failed-handshakes';
import {FrameATurnServer} from './limits/frame-a-turn';
import {boundPayloads} from './limits/payload-bound';
import type {PresenceFeed} from './presence/presence-feed';
import type {Publishers} from './publishers';
import type {Receipts} from './receipts';

/** The observer's group; it comes after the servers', whose port it shares. */
export const REALTIME_GROUP = 'chat.realtime';

type Listener = (...args: unknown[]) => void;

/** Frames over this multiple of `maxFrameBytes` get no ack but the end. */
const DISCONNECT_FACTOR = 4;
const OTHER_UPGRADE_TIMEOUT_MS = 30_000;
const DRAIN_TIMEOUT_MS = 1000;
const FLUSH_TIMEOUT_MS = 500;

/** Starts the socket.io server on the REST server's port, and stops it. */
@lifeCycleObserver(REALTIME_GROUP, {scope: BindingScope.SINGLETON})
export class RealtimeObserver implements LifeCycleObserver {
  private stopIo?: () => Promise<void>;

  constructor(
    @inject(CoreBindings.APPLICATION_INSTANCE)
    private readonly app: Application,
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
    @inject('chat.gateway') private readonly gateway: Gateway,
    @inject('chat.handshake') private readonly handshake: Handshake,
    @inject('chat.expiry') private readonly expiry: Expiry,
    @inject('chat.presenceFeed') private readonly presence: PresenceFeed,
    @inject('chat.publishers') private readonly publishers: Publishers,
    @inject('chat.receipts') private readonly receipts: Receipts,
    @inject('chat.accessWatch') private readonly access: AccessWatch,
  ) {}

  /** Takes connections as soon as the REST server listens. */
  async start(): Promise<void> {
    const restServer = await this.app.get<RestServer>(
      `${CoreBindings.SERVERS}.RestServer`,
      {optional: true},
    );
    const httpServer = await this.findHttpServer(restServer);
    if (!httpServer) {
      this.logger.warn('The chat has no HTTP server to share: no real time');
      return;
    }
    const failed = this.createFailedHandshakes(restServer);
    const io = this.createServer(failed);
    const detach = attachReversibly(httpServer, () => io.attach(httpServer));
    io.engine.on('connection', ({transport}) => boundPayloads(transport));
    failed.guard(io.engine);
    this.gateway.open();
    const stopPublishing = this.publishers.start(io);
    const stopWatching = this.access.start(io);
    this.stopIo = async () => {
      await within(DRAIN_TIMEOUT_MS, stopWatching());
      await within(DRAIN_TIMEOUT_MS, this.gateway.close());
      await within(DRAIN_TIMEOUT_MS, this.receipts.flush());
      stopPublishing();
      const closed = allClosed(io);
      io.disconnectSockets(true);
      await within(FLUSH_TIMEOUT_MS, closed);
      // `io.close()` would close the host's HTTP server too.
      io.engine.close();
      // Acks came until now; what they say is not to be written after the stop.
      await within(DRAIN_TIMEOUT_MS, this.receipts.flush());
      // Not earlier: by polling, acks go out with the next request.
      detach();
    };
  }

  /** Acks what was taken in, then closes every connection of the chat. */
  async stop(): Promise<void> {
    await this.stopIo?.();
    this.stopIo = undefined;
  }

  private createFailedHandshakes(restServer?: RestServer): FailedHandshakes {
    const {failedHandshakesPerSecond, failedHandshakeBurst} =
      this.config.realtime;
    const {expressSettings} = restServer?.config ?? {};
    return new FailedHandshakes(
      {perSecond: failedHandshakesPerSecond, burst: failedHandshakeBurst},
      clientNetwork(expressSettings?.['trust proxy']),
      this.logger,
    );
  }

  private createServer(failed: FailedHandshakes): ChatServer {
    const {path, maxFrameBytes, handshakeTimeoutMs, corsOrigins} =
      this.config.realtime;
    const {maxDisconnectionMs, parser} = this.config.realtime;
    const {wsEngine = FrameATurnServer} = this.config.realtime;
    const io: ChatServer = new Server({
      path,
      serveClient: false,
      // On, it costs two thirds of the deliveries.
      perMessageDeflate: false,
      adapter: adapterWith(this.config.realtime) as never,
      connectionStateRecovery: {
        maxDisconnectionDuration: maxDisconnectionMs,
        // Who comes back shows a valid token like everybody.
        skipMiddlewares: false,
      },
      parser: parser ?? boundedParser(this.config.realtime),
      wsEngine: wsEngine as never,
      connectTimeout: handshakeTimeoutMs,
      // Upgrades on other paths are for others to answer, who may take a while.
      destroyUpgradeTimeout: OTHER_UPGRADE_TIMEOUT_MS,
      maxHttpBufferSize: maxFrameBytes * DISCONNECT_FACTOR,
      ...(corsOrigins.length && {cors: {origin: [...corsOrigins]}}),
    });
    io.use((socket, next) => {
      void this.admit(socket, failed)
        // Whatever fails there, the process goes on.
        .catch(() => refusalOf(new ChatError('CHAT_UNAVAILABLE')))
        .then(next);
    });
    const {expiry, presence} = this;
    // One function for all: of an idle connection each one of its own counts.
    function onDisconnect(this: ChatSocket) {
      expiry.forget(this);
      presence.forget(io, this);
    }
    io.on('connection', socket => {
      socket.on('disconnect', onDisconnect);
      this.connect(io, socket);
    });
    return io;
  }

  /** Of where too many failed already, a token is not looked at any more. */
  private async admit(
    socket: ChatSocket,
    failed: FailedHandshakes,
  ): Promise<RefusedError | undefined> {
    const {conn} = socket;
    const refusal = failed.isTooMany(conn)
      ? refusalOf(new ChatError('CHAT_RATE_LIMITED'))
      : await this.handshake.admit(socket);
    const isOurs = refusal && refusal.data.statusCode >= 500;
    if (refusal && !isOurs) failed.fail(conn);
    else failed.settle(conn);
    return refusal;
  }

  private connect(io: ChatServer, socket: ChatSocket): void {
    answerInTurn(socket);
    this.gateway.listen(socket);
    this.handshake.enter(socket);
    if (this.handshake.isOutdated(socket)) void this.handshake.refresh(socket);
    this.expiry.watch(socket);
    this.presence.follow(io, socket);
    // At once after joining, so that nothing comes between.
    if (socket.recovered)
      (io.of('/').adapter as DeliveryAdapter).replay(socket);
  }

  private async findHttpServer(
    restServer?: RestServer,
  ): Promise<HttpServer | undefined> {
    const chosen = await this.app.get(ChatServiceBindings.HttpServer, {
      optional: true,
    });
    return chosen ?? (restServer?.httpServer?.server as HttpServer | undefined);
  }
}

/** socket.io makes the adapter of each namespace itself. */
function adapterWith(limits: ResolvedConfig['realtime']) {
  return class extends DeliveryAdapter {
    constructor(nsp: Namespace) {
      super(nsp, limits);
    }
  };
}

/**
 * Runs `attach`, which puts listeners of its own before those of the server.
 * @returns a function that puts the listeners back as they were
 */
function attachReversibly(server: HttpServer, attach: () => void): () => void {
  const events = ['request', 'upgrade', 'listening', 'close'];
  const listenersOf = (event: string) =>
    server.rawListeners(event) as Listener[];
  const before = events.map(listenersOf);
  attach();
  const added = events.map((event, i) =>
    listenersOf(event).filter(listener => !before[i].includes(listener)),
  );
  return () => {
    events.forEach((event, i) => {
      for (const listener of added[i]) server.off(event, listener);
      const present = listenersOf(event);
      for (const listener of before[i]) {
        if (!present.includes(listener)) server.on(event, listener);
      }
    });
  };
}

/** Resolves when every connection has sent what it had to and is closed. */
async function allClosed(io: ChatServer): Promise<void> {
  const connections = [...io.sockets.sockets.values()].map(
    ({client}) => client.conn,
  );
  const open = connections.filter(({readyState}) => readyState !== 'closed');
  await Promise.all(
    open.map(
      connection =>
        new Promise<void>(resolve => connection.once('close', () => resolve())),
    ),
  );
}

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>(resolve => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
