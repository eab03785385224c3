import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings} from '../keys';
import {ChatEvent} from '../protocol';
import type {ChatSocket} from './chat-socket';

/** `setTimeout` counts in 32 bits; a longer wait would end at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Tells connections that their token expires soon, and ends them when it does. */
@injectable({scope: BindingScope.SINGLETON})
export class Expiry {
  private readonly timers = new WeakMap<ChatSocket, NodeJS.Timeout>();

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
  ) {}

  /** Watches a connection until it ends. */
  watch(socket: ChatSocket): void {
    this.renew(socket);
    socket.once('disconnect', () => clearTimeout(this.timers.get(socket)));
  }

  /** Starts anew, after the connection was given another token. */
  renew(socket: ChatSocket): void {
    // Of one that has ended nobody would take the timer away.
    if (!socket.connected) return;
    const {expiresAt} = socket.data;
    const noticeAt = expiresAt - this.config.realtime.expiryNoticeMs;
    this.at(socket, noticeAt, () => {
      socket.emit(ChatEvent.Auth, {reason: 'expiring', expiresAt});
      this.at(socket, expiresAt, () => socket.disconnect(true));
    });
  }

  private at(socket: ChatSocket, time: number, run: () => void): void {
    clearTimeout(this.timers.get(socket));
    const remainingMs = Math.max(0, time - Date.now());
    const timer =
      remainingMs > MAX_TIMEOUT_MS
        ? setTimeout(() => this.at(socket, time, run), MAX_TIMEOUT_MS)
        : setTimeout(run, remainingMs);
    this.timers.set(socket, timer);
  }
}
