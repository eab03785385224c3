import {io, type Socket} from 'socket.io-client';
import type {ResolvedClientOptions} from './options';

/**
 * Makes a socket that is not connected yet.
 * @param authenticate - called for each connection with what takes its token
 */
export function makeSocket(
  options: ResolvedClientOptions,
  authenticate: (give: (auth: object) => void) => void,
): Socket {
  const {url, path, transports, retryDelayMs, maxRetryDelayMs} = options;
  // The path of the address would be taken for a namespace.
  return io(new URL(url).origin, {
    ...{path, transports: [...transports], auth: authenticate},
    autoConnect: false,
    // Else two clients of one page would share a connection.
    forceNew: true,
    reconnectionDelay: retryDelayMs,
    reconnectionDelayMax: maxRetryDelayMs,
  });
}
