import type {Socket} from 'socket.io-client';
import {
  ChatEvent,
  type Ack,
  type ChatEventName,
  type ClientEventName,
} from '../protocol';
import {NoAnswerError, toChatError} from './answer';
import {backoffMs, delay} from './backoff';
import {makeSocket} from './make-socket';
import type {ResolvedClientOptions} from './options';
import {PendingAcks} from './pending-acks';
import type {TokenSource} from './token-source';
import type {Transport, Waiting} from './transport';

/** What a connection tells. */
export interface ConnectionEvents {
  /** @param isRecovered - whether the server sends again what was missed */
  onUp(isRecovered: boolean): void;
  onDown(): void;
  /** The server refuses the token, and asking again gave no better one. */
  onUnauthenticated(): void;
  onError(err: unknown): void;
}

/** Acks a frame. */
export type AckFrame = (answer: object) => void;

/** Called with what came, and how to ack it where the server asks for that. */
export type Receiver = (payload: unknown, ack?: AckFrame) => void;

/** What the server says when it refuses a connection. */
type Refusal = Error & {readonly data?: {readonly statusCode?: number}};

/** Keeps a connection to the server: comes back whenever it ends. */
export class Connection implements Transport {
  private readonly socket: Socket;
  private readonly acks: PendingAcks;
  private attempts = 0;
  /** Whether there is to be a connection. */
  private isWanted = false;
  /** Whether the token was replaced since one was shown. */
  private isReplaced = false;
  /** Whether a token that was asked for anew has been refused. */
  private isRenewed = false;
  private turn = 0;

  constructor(
    private readonly options: ResolvedClientOptions,
    private readonly tokens: TokenSource,
    private readonly events: ConnectionEvents,
    private readonly signal: AbortSignal,
  ) {
    this.acks = new PendingAcks(options.ackTimeoutMs);
    this.socket = makeSocket(options, give => this.authenticate(give));
    this.socket.on('connect', () => this.onConnect());
    this.socket.on('disconnect', reason => this.onDisconnect(reason));
    this.socket.on('connect_error', err => this.onRefused(err));
  }

  get isUp(): boolean {
    return this.socket.connected && !this.signal.aborted;
  }

  /** Connects, and comes back from then on. */
  connect(): void {
    this.isWanted = true;
    this.open();
  }

  /** Goes on with the token that there is now: anew where the last was refused. */
  takeToken(): void {
    if (!this.isWanted || this.signal.aborted) return;
    this.isReplaced = true;
    this.isRenewed = false;
    if (this.isUp) this.showToken();
    else {
      this.events.onDown();
      this.open();
    }
  }

  close(): void {
    this.turn++;
    this.socket.disconnect();
    this.acks.breakAll();
  }

  /** Calls `receiver` with each frame of an event. */
  listen(event: ChatEventName, receiver: Receiver): void {
    this.socket.on(event, (...args: unknown[]) => {
      // Between them may be the offset that recovery goes by.
      const last = args[args.length - 1];
      const isAsked = typeof last === 'function';
      try {
        receiver(args[0], isAsked ? (last as AckFrame) : undefined);
      } catch (err) {
        // A frame that cannot be read: what it told is found missing.
        this.events.onError(err);
      }
    });
  }

  async request(
    event: ClientEventName,
    payload: Uint8Array | object,
    waiting?: Waiting,
  ): Promise<Ack> {
    if (!this.isUp) throw new NoAnswerError('disconnected');
    return this.acks.wait(
      callback => this.socket.emit(event, payload, callback),
      waiting,
    );
  }

  sendVolatile(event: ClientEventName, payload: Uint8Array): void {
    if (this.isUp) this.socket.emit(event, payload);
  }

  /** A socket that is connecting already would connect twice. */
  private open(): void {
    if (!this.socket.active) this.socket.connect();
  }

  private showToken(): void {
    this.isReplaced = false;
    this.tokens
      .current()
      .then(token => this.request(ChatEvent.Auth, {token}))
      // Whatever is wrong with it, the next connection finds out.
      .catch(err => this.events.onError(err));
  }

  private authenticate(give: (auth: object) => void): void {
    this.isReplaced = false;
    // An answer that comes when another connection is made is too late.
    const turn = ++this.turn;
    this.tokens.current().then(
      token => turn === this.turn && give({token}),
      err => {
        if (turn !== this.turn) return;
        this.events.onError(err);
        this.socket.disconnect();
        this.connectLater();
      },
    );
  }

  private onConnect(): void {
    this.isRenewed = false;
    this.attempts = 0;
    this.events.onUp(this.socket.recovered);
    if (this.isReplaced) this.showToken();
  }

  private onDisconnect(reason: string): void {
    // What was written while the connection was dead is sent by its owners.
    this.socket.sendBuffer = [];
    this.acks.breakAll();
    this.events.onDown();
    if (reason === 'io server disconnect') this.connectLater();
  }

  /** What never reached the server is tried again by socket.io itself. */
  private onRefused(err: Refusal): void {
    this.events.onDown();
    if (this.socket.active || this.signal.aborted) return;
    if (err.data?.statusCode !== 401) {
      this.events.onError(toChatError(err.data));
      this.connectLater();
    } else if (this.isReplaced) {
      this.open();
    } else if (this.isRenewed || !this.tokens.canRenew) {
      this.events.onUnauthenticated();
    } else {
      this.isRenewed = true;
      this.tokens.forget();
      this.open();
    }
  }

  private connectLater(): void {
    const {retryDelayMs: minMs, maxRetryDelayMs: maxMs} = this.options;
    const waitMs = backoffMs(this.attempts++, {minMs, maxMs});
    void delay(waitMs, this.signal).then(() => {
      if (!this.signal.aborted) this.open();
    });
  }
}
