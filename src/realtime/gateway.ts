import {BindingScope, inject, injectable} from '@loopback/core';
import {randomUUID} from 'crypto';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {logFault} from '../log-fault';
import {hasPermission} from '../permissions';
import type {Ack, ErrorAck} from '../protocol';
import {asChatError} from '../services';
import type {ChatLogger} from '../types';
import type {ChatSocket} from './chat-socket';
import type {FrameHandlers} from './frame-handlers';
import {RateLimiter} from './limits/rate-limiter';

/** Takes frames in: checks, decodes, calls one service, acks. */
@injectable({scope: BindingScope.SINGLETON})
export class Gateway {
  private isOpen = true;
  private readonly underway = new Set<Promise<void>>();
  private readonly sends: RateLimiter;

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('chat.frameHandlers') private readonly handlers: FrameHandlers,
    @inject(ChatServiceBindings.Logger) private readonly logger: ChatLogger,
  ) {
    const {sendsPerSecond: perSecond, sendBurst: burst} = config.realtime;
    this.sends = new RateLimiter({perSecond, burst});
  }

  /** Listens to a connection; no frame of it is left without its ack. */
  listen(socket: ChatSocket): void {
    socket.onAny((event: string, ...args: unknown[]) => {
      const received = this.receive(socket, event, args);
      this.underway.add(received);
      void received.finally(() => this.underway.delete(received));
    });
  }

  /** Takes frames from now on. */
  open(): void {
    this.isOpen = true;
  }

  /** Refuses new frames and resolves when those taken in are acked. */
  async close(): Promise<void> {
    this.isOpen = false;
    await Promise.all(this.underway);
  }

  private async receive(
    socket: ChatSocket,
    event: string,
    args: unknown[],
  ): Promise<void> {
    const last = args[args.length - 1];
    const ack = typeof last === 'function' ? last : undefined;
    const answer = await this.process(socket, event, args[0]).catch(
      (err: unknown) => this.toErrorAck(err),
    );
    ack?.(answer);
  }

  private async process(
    socket: ChatSocket,
    event: string,
    payload: unknown,
  ): Promise<Ack> {
    if (!this.isOpen) throw new ChatError('CHAT_UNAVAILABLE');
    const handler = this.handlers.of(event);
    if (!handler) throw new ChatError('CHAT_NOT_FOUND');
    const {id, permissions} = socket.data.user;
    if (handler.action && !hasPermission(permissions, handler.action)) {
      throw new ChatError('CHAT_FORBIDDEN');
    }
    const {maxFrameBytes} = this.config.realtime;
    const isTooLarge =
      payload instanceof Uint8Array && payload.byteLength > maxFrameBytes;
    if (isTooLarge) throw new ChatError('CHAT_TOO_LARGE');
    if (handler.isSend) this.expectRate(id);
    return handler.run(socket, payload);
  }

  private expectRate(userId: string): void {
    const retryAfterMs = this.sends.take(userId);
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
