import {BindingScope, inject, injectable} from '@loopback/core';
import {randomUUID} from 'crypto';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {logFault} from '../log-fault';
import {hasPermission, type ChatAction} from '../permissions';
import {
  ChatEvent,
  decodeMessage,
  type Ack,
  type ErrorAck,
  type MessageAck,
} from '../protocol';
import {asChatError, type MessageService} from '../services';
import type {ChatLogger} from '../types';
import type {ChatSocket} from './chat-socket';
import {toDraft} from './message.mapper';

/** What the gateway does with one kind of frame. */
interface FrameHandler {
  readonly action: ChatAction;
  run(socket: ChatSocket, bytes: Uint8Array): Promise<Ack>;
}

/** Takes frames in: checks, decodes, calls one service, acks. */
@injectable({scope: BindingScope.SINGLETON})
export class Gateway {
  private isOpen = true;
  private readonly underway = new Set<Promise<void>>();
  private readonly handlers: ReadonlyMap<string, FrameHandler> = new Map([
    [
      ChatEvent.MessageText,
      {
        action: 'createMessage',
        run: (socket, bytes) => this.sendText(socket, bytes),
      },
    ],
  ]);

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatServiceBindings.MessageService)
    private readonly messages: MessageService,
    @inject(ChatServiceBindings.Logger) private readonly logger: ChatLogger,
  ) {}

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
    const handler = this.handlers.get(event);
    if (!handler) throw new ChatError('CHAT_NOT_FOUND');
    if (!hasPermission(socket.data.user.permissions, handler.action)) {
      throw new ChatError('CHAT_FORBIDDEN');
    }
    if (!(payload instanceof Uint8Array)) {
      throw new ChatError('CHAT_FRAME_INVALID');
    }
    if (payload.byteLength > this.config.realtime.maxFrameBytes) {
      throw new ChatError('CHAT_TOO_LARGE');
    }
    return handler.run(socket, payload);
  }

  private async sendText(
    socket: ChatSocket,
    bytes: Uint8Array,
  ): Promise<MessageAck> {
    const frame = decodeMessage(bytes);
    const stored = await this.messages.send(socket.data.user, toDraft(frame), {
      origin: socket.id,
      timer: frame.timer,
    });
    const {id, channelId, seq, changeSeq, createdOn} = stored;
    const createdAt = createdOn.getTime();
    return {statusCode: 200, id, channelId, seq, changeSeq, createdAt};
  }

  private toErrorAck(err: unknown): ErrorAck {
    const {statusCode, code, message, details} = asChatError(err);
    const requestId = statusCode === 500 ? randomUUID() : undefined;
    logFault(this.logger, {statusCode, code, requestId}, err);
    return {
      statusCode,
      code,
      message,
      ...(details && {details}),
      ...(requestId && {requestId}),
    };
  }
}
