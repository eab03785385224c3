import {expect} from '@loopback/testlab';
import {TurnLimiter} from '../../realtime/limits/turn-limiter';

describe('TurnLimiter', () => {
  let limiter: TurnLimiter;
  let running: string[];
  let ends: Map<string, (err?: Error) => void>;

  beforeEach(() => {
    limiter = new TurnLimiter(2);
    running = [];
    ends = new Map();
  });

  const start = (key: string, name: string) =>
    limiter.run(key, () => {
      running.push(name);
      return new Promise<string>((resolve, reject) => {
        ends.set(name, err => (err ? reject(err) : resolve(name)));
      });
    });

  it('runs so many of a key at once, and the others in their order', async () => {
    const all = ['a', 'b', 'c', 'd'].map(name => start('ann', name));
    expect(running).to.eql(['a', 'b']);
    ends.get('b')?.();
    await all[1];
    expect(running).to.eql(['a', 'b', 'c']);
    ends.get('a')?.();
    await all[0];
    expect(running).to.eql(['a', 'b', 'c', 'd']);
    ends.get('c')?.();
    ends.get('d')?.();
    expect(await Promise.all(all)).to.eql(['a', 'b', 'c', 'd']);
  });

  it('has nobody wait for another key', () => {
    for (const name of ['a', 'b', 'c']) void start('ann', name);
    void start('bob', 'd');
    expect(running).to.eql(['a', 'b', 'd']);
  });

  it('goes on after a failure, which only who asked is told', async () => {
    const all = ['a', 'b', 'c'].map(name => start('ann', name));
    ends.get('a')?.(new Error('away'));
    await expect(all[0]).to.be.rejectedWith('away');
    expect(running).to.eql(['a', 'b', 'c']);
  });

  it('goes on after a task that throws before it has begun', async () => {
    for (let times = 0; times < 3; times++) {
      const thrown = limiter.run('ann', () => {
        throw new Error('malformed');
      });
      await expect(thrown).to.be.rejectedWith('malformed');
    }
    void start('ann', 'a');
    expect(running).to.eql(['a']);
  });

  it('keeps nothing of a key that is done', async () => {
    const all = ['a', 'b', 'c'].map(name => start('ann', name));
    for (const name of ['a', 'b']) ends.get(name)?.();
    await Promise.all(all.slice(0, 2));
    ends.get('c')?.();
    await all[2];
    const {size} = (limiter as unknown as {lanes: Map<string, unknown>}).lanes;
    expect(size).to.equal(0);
  });
});
