import {ChatEvent} from '../protocol';
import {isPassing, isSuccess, toChatError} from './answer';
import {delay} from './backoff';
import type {Connection} from './connection';
import type {TokenSource} from './token-source';

/** A function that gives the same token again has none yet: it keeps it until it ends. */
const ASK_AGAIN_MS = 5000;

/**
 * Answers the notice that the token expires with another one, where there is a
 * function to ask. Otherwise the connection ends when the token does.
 */
export class TokenRenewal {
  private isRunning = false;

  constructor(
    private readonly connection: Connection,
    private readonly tokens: TokenSource,
    private readonly signal: AbortSignal,
    private readonly onError: (err: unknown) => void,
  ) {}

  start(): void {
    this.connection.listen(ChatEvent.Auth, payload => {
      const {reason} = (payload ?? {}) as {reason?: unknown};
      if (reason !== 'expiring' || !this.tokens.canRenew) return;
      void this.run();
    });
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.renew();
    } catch (err) {
      // Whoever reconnects shows the new token anyway.
      if (!isPassing(err)) this.onError(err);
    } finally {
      this.isRunning = false;
    }
  }

  private async renew(): Promise<void> {
    const {connection, tokens, signal} = this;
    const old = tokens.latest;
    while ((await tokens.renew()) === old) {
      await delay(ASK_AGAIN_MS, signal);
      if (!connection.isUp) return;
    }
    const token = await tokens.current();
    const ack = await connection.request(ChatEvent.Auth, {token});
    if (!isSuccess(ack)) throw toChatError(ack);
  }
}
