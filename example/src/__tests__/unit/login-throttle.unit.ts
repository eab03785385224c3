import {expect} from '@loopback/testlab';
import {LoginThrottle} from '../../accounts/login-throttle';

const QUARTER_MS = 15 * 60 * 1000;
const HOME = '192.0.2.1';
const ELSEWHERE = '192.0.2.2';

describe('LoginThrottle (unit)', () => {
  let now: number;
  let throttle: LoginThrottle;

  beforeEach(() => {
    now = 1000;
    throttle = new LoginThrottle(() => now);
  });

  const fail = (times: number, account: string, address = HOME) => {
    for (let i = 0; i < times; i++) throttle.begin(account, address);
  };
  const expectWait = (account: string, address = HOME) =>
    expect(throttle.begin(account, address)).to.equal(QUARTER_MS);
  const expectGoesOn = (account: string, address = HOME) =>
    expect(throttle.begin(account, address)).to.be.an.Object();

  it('lets ten failures at an account pass, and not the eleventh', () => {
    fail(9, 'ann');
    expectGoesOn('ann');
    expectWait('ann');
  });

  it('leaves the owner in, from another address', () => {
    fail(50, 'ann');
    expectGoesOn('ann', ELSEWHERE);
  });

  it('leaves other accounts in, from the same address', () => {
    fail(11, 'ann');
    expectGoesOn('bob');
  });

  it('stops an address that tries one password on many accounts', () => {
    for (let i = 0; i < 100; i++) expectGoesOn(`user${i}`);
    expectWait('another');
    expectGoesOn('another', ELSEWHERE);
  });

  it('does not lift the limit of an address for logins of its own', () => {
    for (let i = 0; i < 99; i++) fail(1, `user${i}`);
    const own = throttle.begin('own', HOME);
    if (typeof own !== 'number') own.succeed();
    expectGoesOn('last');
    expectWait('another');
  });

  it('forgets the failures at an account that were followed by success', () => {
    fail(9, 'ann');
    const attempt = throttle.begin('ann', HOME);
    if (typeof attempt !== 'number') attempt.succeed();
    fail(9, 'ann');
    expectGoesOn('ann');
    expectWait('ann');
  });

  it('does not count attempts that were taken back', () => {
    for (let i = 0; i < 200; i++) {
      const attempt = throttle.begin('ann', HOME);
      expect(attempt).to.be.an.Object();
      if (typeof attempt !== 'number') attempt.cancel();
    }
    fail(9, 'ann');
    expectGoesOn('ann');
    expectWait('ann');
  });

  it('lets in again when the time is over, not before', () => {
    fail(10, 'ann');
    now += QUARTER_MS - 1;
    expect(throttle.begin('ann', HOME)).to.equal(1);
    now += 1;
    expectGoesOn('ann');
  });

  it('takes the addresses of one IPv6 network for one', () => {
    fail(10, 'ann', '2001:db8::1');
    expectWait('ann', '2001:db8:0:0:ffff::2');
    expectGoesOn('ann', '2001:db8:0:1::1');
  });

  it('takes an IPv4 address for the same inside of IPv6', () => {
    fail(10, 'ann', `::ffff:${HOME}`);
    expectWait('ann', HOME);
  });

  it('forgets the oldest where there are too many', () => {
    fail(10, 'ann');
    for (let i = 0; i < 10_000; i++) fail(1, 'x', `10.0.${i >> 8}.${i & 255}`);
    expectGoesOn('ann');
  });
});
