import {ChatEvent} from '../protocol';
import {isPassing, isSuccess, toChatError} from './answer';
import type {Connection} from './connection';
import type {TokenSource} from './token-source';

/**
 * Answers the notice that the token expires with another one, where there is a
 * function to ask. Otherwise the connection ends when the token does.
 */
export function renewOnNotice(
  connection: Connection,
  tokens: TokenSource,
  onError: (err: unknown) => void,
): void {
  connection.listen(ChatEvent.Auth, payload => {
    const {reason} = (payload ?? {}) as {reason?: unknown};
    if (reason !== 'expiring' || !tokens.canRenew) return;
    renew(connection, tokens).catch(err => {
      // Whoever reconnects shows the new token anyway.
      if (!isPassing(err)) onError(err);
    });
  });
}

async function renew(
  connection: Connection,
  tokens: TokenSource,
): Promise<void> {
  const token = await tokens.renew();
  const ack = await connection.request(ChatEvent.Auth, {token});
  if (!isSuccess(ack)) throw toChatError(ack);
}
