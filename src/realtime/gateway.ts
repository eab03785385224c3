import {BindingScope, inject, injectable} from '@loopback/core';
import {randomUUID} from 'crypto';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import {logFault} from '../log-fault';
import {hasPermission} from '../permissions';
import type {Ack, ClientEvent, ErrorAck} from '../protocol';
import {asChatError} from '../services';
import type {ChatLogger} from '../types';
import type {ChatSocket} from './chat-socket';
import type {FrameHandlers} from './frame-handlers';
import {RateLimiter} from './limits/rate-limiter';
import {readLater} from './limits/slow-reading';
import {TurnLimiter} from './limits/turn-limiter';

/** Bounds what one connection has the server do at once. */
const MAX_FRAMES_UNDERWAY = 1000;
const RETRY_AFTER_MS = 100;
/** What a user may have refused before what more there is has to wait. */
const REFUSALS = {perSecond: 50, burst: 200};
/**
 * So many statements of one user are at the database at once, whatever a burst
 * asks for: its connections are few, and others wait for them too.
 */
const MAX_AT_ONCE = 2;

/** Takes frames in: checks, decodes, calls one service, acks. */
@injectable({scope: BindingScope.SINGLETON})
export class Gateway {
  private isOpen = true;
  /** How many frames are being processed. */
  private underway = 0;
  private onIdle?: () => void;
  private readonly sends: RateLimiter;
  private readonly reads: RateLimiter;
  private readonly refusals = new RateLimiter(REFUSALS);
  private readonly turns = new TurnLimiter(MAX_AT_ONCE);
  /** Of two changes at once the look-ups of the later one may be done first. */
  private readonly changes = new TurnLimiter(1);
  /** How many frames of a connection are being processed. */
  private readonly frames = new WeakMap<ChatSocket, number>();

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('chat.frameHandlers') private readonly handlers: FrameHandlers,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {
    const {sendsPerSecond, sendBurst, readsPerSecond, readBurst} =
      config.realtime;
    this.sends = new RateLimiter({perSecond: sendsPerSecond, burst: sendBurst});
    this.reads = new RateLimiter({perSecond: readsPerSecond, burst: readBurst});
  }

  /** Listens to a connection; no frame of it is left without its ack. */
  listen(socket: ChatSocket): void {
    socket.onAny((event: string, ...args: unknown[]) => {
      this.underway++;
      void this.receive(socket, event, args)
        // A parser of the host may fail; the process goes on.
        .catch(() => undefined)
        .then(() => {
          if (--this.underway === 0) this.onIdle?.();
        });
    });
  }

  /** Takes frames from now on. */
  open(): void {
    this.isOpen = true;
  }

  /** Refuses new frames and resolves when those taken in are acked. */
  async close(): Promise<void> {
    this.isOpen = false;
    if (this.underway === 0) return;
    await new Promise<void>(resolve => {
      this.onIdle = resolve;
    });
  }

  private async receive(
    socket: ChatSocket,
    event: string,
    args: unknown[],
  ): Promise<void> {
    const last = args[args.length - 1];
    const ack = typeof last === 'function' ? last : undefined;
    const count = this.frames.get(socket) ?? 0;
    this.frames.set(socket, count + 1);
    let answer: Ack;
    try {
      answer = await this.process(socket, event, args[0]);
    } catch (err) {
      answer = this.toErrorAck(err);
    }
    this.frames.set(socket, (this.frames.get(socket) ?? 1) - 1);
    ack?.(answer);
    this.slowDown(socket, answer.statusCode);
  }

  /** Whoever is refused all the time is read more slowly, or others would be. */
  private slowDown(socket: ChatSocket, statusCode: number): void {
    if (statusCode < 400 || statusCode >= 500) return;
    const waitMs = this.refusals.charge(socket.data.user.id);
    if (waitMs) readLater(socket.client, waitMs);
  }

  private process(
    socket: ChatSocket,
    event: string,
    payload: unknown,
  ): Promise<Ack> {
    if (!this.isOpen) throw new ChatError('CHAT_UNAVAILABLE');
    if ((this.frames.get(socket) ?? 0) > MAX_FRAMES_UNDERWAY) {
      throw new ChatError('CHAT_RATE_LIMITED', {retryAfterMs: RETRY_AFTER_MS});
    }
    if (bytesOf(payload) > this.config.realtime.maxFrameBytes) {
      throw new ChatError('CHAT_TOO_LARGE');
    }
    const handler = this.handlers.of(event);
    if (!handler) throw new ChatError('CHAT_NOT_FOUND');
    const {id, permissions} = socket.data.user;
    const {actions, isSend} = handler.rule;
    const isAllowed = actions.some(each => hasPermission(permissions, each));
    if (actions.length && !isAllowed) throw new ChatError('CHAT_FORBIDDEN');
    this.expectRate(isSend ? this.sends : this.reads, id);
    return this.inTurn(id, handler.rule, async () =>
      handler.run(socket, payload),
    );
  }

  private inTurn(
    userId: string,
    {payload, ack}: ClientEvent,
    run: () => Promise<Ack>,
  ): Promise<Ack> {
    // New messages gather into batches, the more at once the larger.
    if (payload === 'Message') return run();
    const take = () => this.turns.run(userId, run);
    return ack === 'ChangeAck' ? this.changes.run(userId, take) : take();
  }

  private expectRate(limiter: RateLimiter, userId: string): void {
    const retryAfterMs = limiter.take(userId);
    if (retryAfterMs) throw new ChatError('CHAT_RATE_LIMITED', {retryAfterMs});
  }

  private toErrorAck(err: unknown): ErrorAck {
    const {statusCode, code, message, details, retryAfterMs} = asChatError(err);
    const requestId = statusCode === 500 ? randomUUID() : undefined;
    logFault(this.logger, {statusCode, code, requestId}, err);
    return {
      statusCode,
      code,
      message,
      ...(details && {details}),
      ...(retryAfterMs && {retryAfterMs}),
      ...(requestId && {requestId}),
    };
  }
}

/** Measures what an event may carry, a token too, and what is sent in its place. */
function bytesOf(payload: unknown): number {
  if (payload instanceof Uint8Array) return payload.byteLength;
  const isObject = typeof payload === 'object' && payload !== null;
  const text = isObject ? (payload as {token?: unknown}).token : payload;
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}
