import {expect} from '@loopback/testlab';
import {ConnectionCounter} from '../../realtime/limits/connection-counter';
import {RateLimiter} from '../../realtime/limits/rate-limiter';

describe('RateLimiter', () => {
  let now = 0;
  const givenLimiter = () =>
    new RateLimiter({perSecond: 20, burst: 3}, () => now);

  it('allows a burst, and tells when the next one is', () => {
    const limiter = givenLimiter();
    expect([1, 2, 3, 4].map(() => limiter.take('ann'))).to.eql([0, 0, 0, 50]);
  });

  it('allows as many as the rate after that', () => {
    const limiter = givenLimiter();
    for (let i = 0; i < 3; i++) limiter.take('ann');
    now += 50;
    expect(limiter.take('ann')).to.equal(0);
    expect(limiter.take('ann')).to.equal(50);
  });

  it('saves up no more than the burst', () => {
    const limiter = givenLimiter();
    limiter.take('ann');
    now += 3_600_000;
    expect([1, 2, 3, 4].map(() => limiter.take('ann'))).to.eql([0, 0, 0, 50]);
  });

  it('tells how long to wait, and takes none by that', () => {
    const limiter = givenLimiter();
    expect(limiter.wait('ann')).to.equal(0);
    for (let i = 0; i < 3; i++) limiter.take('ann');
    expect([1, 2].map(() => limiter.wait('ann'))).to.eql([50, 50]);
    now += 50;
    expect([1, 2].map(() => limiter.wait('ann'))).to.eql([0, 0]);
  });

  it('has what was more than allowed waited for, up to a burst of it', () => {
    const limiter = givenLimiter();
    for (let i = 0; i < 5; i++) limiter.charge('ann');
    expect(limiter.wait('ann')).to.equal(150);
    for (let i = 0; i < 50; i++) limiter.charge('ann');
    expect(limiter.wait('ann')).to.equal(200);
    now += 200;
    expect(limiter.take('ann')).to.equal(0);
  });

  it('counts each key by itself', () => {
    const limiter = givenLimiter();
    for (let i = 0; i < 3; i++) limiter.take('ann');
    expect(limiter.take('bob')).to.equal(0);
  });

  it('gives nothing for a clock that goes back', () => {
    const limiter = givenLimiter();
    for (let i = 0; i < 3; i++) limiter.take('ann');
    now -= 1000;
    expect(limiter.take('ann')).to.be.above(0);
  });

  it('forgets the quiet ones, and none that is limited', () => {
    const limiter = givenLimiter();
    for (let i = 0; i < 3; i++) limiter.take('busy');
    for (let i = 0; i < 30_000; i++) {
      now += 10;
      if (i % 10 === 0) limiter.take('busy');
      limiter.take(`user ${i}`);
    }
    const {size} = (limiter as unknown as {buckets: Map<string, unknown>})
      .buckets;
    expect(size).to.be.below(10_100);
  });
});

describe('ConnectionCounter', () => {
  it('refuses one more than allowed, until one ends', () => {
    const counter = new ConnectionCounter(2);
    expect([1, 2, 3].map(() => counter.add('ann'))).to.eql([true, true, false]);
    counter.remove('ann');
    expect(counter.add('ann')).to.be.true();
  });

  it('counts each user by itself', () => {
    const counter = new ConnectionCounter(1);
    expect(counter.add('ann')).to.be.true();
    expect(counter.add('bob')).to.be.true();
  });
});
