import {isIPv6} from 'net';

const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * What one person has of addresses, for limits that count by address.
 * @param address of IPv4 or IPv6, as `request.ip` of Express gives it
 * @returns an IPv4 address, also where it came on a socket of IPv6, or the /64
 * network of an IPv6 one, whose other half its owner chooses at will; anything else
 * as it is
 */
export function toNetwork(address: string): string {
  const inner = IPV4_IN_IPV6.exec(address)?.[1];
  if (inner) return inner;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0].split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : GROUPS - left.length - right.length;
  return [...left, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...right]
    .slice(0, NETWORK_GROUPS)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
