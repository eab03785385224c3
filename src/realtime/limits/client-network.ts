import type {IncomingMessage} from 'http';
import {isIP} from 'net';
import proxyAddr from 'proxy-addr';
import {toNetwork} from './network';

/** Tells which of two hosts between server and client may name the next one. */
type Trust = (address: string, hops: number) => boolean;

/** Some proxies tell the port of an IPv4 address too. */
const PORT = /^([\d.]+):\d+$/;

/**
 * Tells where requests come from, as Express' `request.ip` does: the other end of
 * the connection, or what proxies say that the host trusts.
 * @param trustProxy the host's setting `trust proxy` of Express
 * @returns gives an IPv4 address, or the first 64 bits of an IPv6 one, as everybody
 * has the rest to choose from; what is no address counts as the connection's
 */
export function clientNetwork(
  trustProxy: unknown,
): (request: IncomingMessage) => string {
  const trust = trustOf(trustProxy);
  return request => {
    const address = proxyAddr(request, trust)?.replace(PORT, '$1');
    if (address && isIP(address)) return toNetwork(address);
    return toNetwork(request.socket.remoteAddress ?? '');
  };
}

function trustOf(setting: unknown): Trust {
  if (typeof setting === 'function') return setting as Trust;
  if (typeof setting === 'number') return (_, hops) => hops < setting;
  if (setting === true) return () => true;
  const names =
    typeof setting === 'string'
      ? setting.split(',').map(name => name.trim())
      : setting || [];
  return proxyAddr.compile(names as string[]);
}
