import {expect} from '@loopback/testlab';
import type {IncomingMessage} from 'http';
import {clientNetwork} from '../../realtime/limits/client-network';

describe('clientNetwork', () => {
  const requestOf = (remoteAddress: string | undefined, forwarded?: string) =>
    ({
      socket: {remoteAddress},
      headers: forwarded === undefined ? {} : {'x-forwarded-for': forwarded},
    }) as unknown as IncomingMessage;

  const PROXY = '10.0.0.1';

  it('is the other end of the connection, whatever a client claims', () => {
    for (const setting of [undefined, false, [], 0]) {
      const networkOf = clientNetwork(setting);
      expect(networkOf(requestOf('192.0.2.7', '203.0.113.9'))).to.equal(
        '192.0.2.7',
      );
    }
  });

  for (const setting of [
    true,
    1,
    PROXY,
    ' 10.0.0.0/8,\t127.0.0.1\n',
    [PROXY],
    (address: string) => address === PROXY,
  ]) {
    it(`is what a proxy says that the host trusts by ${setting}`, () => {
      const networkOf = clientNetwork(setting);
      expect(networkOf(requestOf(PROXY, '203.0.113.9'))).to.equal(
        '203.0.113.9',
      );
    });
  }

  it('is the last that no trusted proxy stands for', () => {
    const networkOf = clientNetwork(PROXY);
    const request = requestOf(PROXY, '198.51.100.1, 203.0.113.9');
    expect(networkOf(request)).to.equal('203.0.113.9');
  });

  it('is the connection where a proxy passes on what is no address', () => {
    const networkOf = clientNetwork(true);
    for (const claim of ['', 'x'.repeat(10_000), '1.2.3', ',', '1.2.3:80']) {
      expect(networkOf(requestOf(PROXY, claim))).to.equal(PROXY);
    }
  });

  it('is the address alone where a proxy tells the port too', () => {
    const networkOf = clientNetwork(true);
    const request = requestOf(PROXY, '203.0.113.9:61234');
    expect(networkOf(request)).to.equal('203.0.113.9');
  });

  it('is one for all addresses that an IPv6 subscriber has', () => {
    const networkOf = clientNetwork(false);
    const of = (address: string) => networkOf(requestOf(address));
    expect(of('2001:db8:1:2:3:4:5:6')).to.equal('2001:db8:1:2');
    expect(of('2001:db8:1:2::9')).to.equal('2001:db8:1:2');
    expect(of('2001:db8::9')).to.equal('2001:db8:0:0');
    expect(of('2001:db8:0:0:1::')).to.equal('2001:db8:0:0');
    expect(of('::1')).to.equal('0:0:0:0');
    expect(of('1::4:5:6:7:8')).to.equal('1:0:0:4');
  });

  it('tells IPv4 addresses apart on a socket of IPv6', () => {
    const networkOf = clientNetwork(false);
    expect(networkOf(requestOf('::ffff:192.0.2.7'))).to.equal('192.0.2.7');
    expect(networkOf(requestOf('::FFFF:192.0.2.8'))).to.equal('192.0.2.8');
  });

  it('is nothing for a connection that has ended', () => {
    expect(clientNetwork(false)(requestOf(undefined))).to.equal('');
  });
});
