import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings} from '../keys';
import {ChatEvent} from '../protocol';
import type {ChatSocket} from './chat-socket';

/** `setTimeout` counts in 32 bits; a longer wait would end at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** Bounds how often all connections are looked through. */
const MIN_PAUSE_MS = 50;

/**
 * Tells connections that their token expires soon, and ends them when it does.
 * One timer serves them all: most never see it, and each would hold its own.
 */
@injectable({scope: BindingScope.SINGLETON})
export class Expiry {
  /** When something is to be done about a connection next. */
  private readonly watched = new Map<ChatSocket, number>();
  private timer?: NodeJS.Timeout;
  private timerAt = Infinity;

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
  ) {}

  /** Watches a connection until it ends; anew when it was given another token. */
  watch(socket: ChatSocket): void {
    // Of one that has ended nobody would take it away.
    if (!socket.connected) return;
    const {expiresAt} = socket.data;
    // It was told of that end already, and has no later one yet.
    if (this.watched.get(socket) === expiresAt) return;
    const at = expiresAt - this.config.realtime.expiryNoticeMs;
    this.watched.set(socket, at);
    this.wakeAt(at);
  }

  /** Watches a connection no longer: it has ended. */
  forget(socket: ChatSocket): void {
    this.watched.delete(socket);
    if (!this.watched.size) this.sleep();
  }

  private wakeAt(time: number): void {
    if (time >= this.timerAt) return;
    this.sleep();
    const waitMs = Math.max(0, time - Date.now());
    this.timerAt = time;
    this.timer = setTimeout(
      () => this.lookThrough(),
      Math.min(waitMs, MAX_TIMEOUT_MS),
    );
  }

  private sleep(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.timerAt = Infinity;
  }

  private lookThrough(): void {
    this.sleep();
    const now = Date.now();
    for (const [socket, at] of this.watched) {
      if (at <= now) this.act(socket, now);
    }
    let next = Infinity;
    for (const at of this.watched.values()) next = Math.min(next, at);
    this.wakeAt(Math.max(next, now + MIN_PAUSE_MS));
  }

  private act(socket: ChatSocket, now: number): void {
    const {expiresAt} = socket.data;
    const isLast = this.watched.get(socket) === expiresAt;
    if (isLast || expiresAt <= now) {
      socket.disconnect(true);
      return;
    }
    socket.emit(ChatEvent.Auth, {reason: 'expiring', expiresAt});
    this.watched.set(socket, expiresAt);
  }
}
