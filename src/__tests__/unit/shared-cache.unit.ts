import {expect, sinon} from '@loopback/testlab';
import {register} from 'prom-client';
import {SharedCache} from '../../services';
import {CacheCounter} from '../../services/cache/cache-counter';
import {MemoryKeys} from '../../services/shared/memory-keys';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {CollectingLogger} from '../fixtures/logger';

const entryOf = (key: string, ...subjects: string[]) => ({
  ...{key, subjects},
  ttlMs: 1000,
});

/** Counts how often it was made. */
class Maker {
  made = 0;
  readonly make = async () => ++this.made;
}

async function countOf(result: string): Promise<number> {
  await new Promise(setImmediate);
  const metric = register.getSingleMetric('chat_cache_requests_total');
  const values = (await metric?.get())?.values ?? [];
  return values.find(({labels}) => labels.result === result)?.value ?? 0;
}

describe('The cache', () => {
  let maker: Maker;
  let logger: CollectingLogger;
  let keys: MemoryKeys;

  beforeEach(() => {
    maker = new Maker();
    logger = new CollectingLogger();
    keys = new MemoryKeys();
  });

  const givenNode = (shared = keys) =>
    new SharedCache(logger, new CacheCounter(), shared);

  it('makes a thing once, for every node', async () => {
    const [here, there] = [givenNode(), givenNode()];
    const before = await countOf('hit');
    for (const cache of [here, here, there]) {
      expect(await cache.through(entryOf('a', 'x'), maker.make)).to.equal(1);
    }
    expect((await countOf('hit')) - before).to.equal(2);
  });

  it('makes it anew when any of its subjects was emptied, anywhere', async () => {
    const [here, there] = [givenNode(), givenNode()];
    for (const [index, subject] of ['x', 'y'].entries()) {
      await here.through(entryOf('a', 'x', 'y'), maker.make);
      await there.empty(subject);
      const made = await here.through(entryOf('a', 'x', 'y'), maker.make);
      expect(made).to.equal(index + 2);
    }
    await there.empty('z');
    expect(await here.through(entryOf('a', 'x', 'y'), maker.make)).to.equal(3);
  });

  it('makes it anew when its time is over', async () => {
    const clock = sinon.useFakeTimers({toFake: ['Date']});
    cleanUpAfterTest(() => clock.restore());
    const cache = givenNode();
    await cache.through(entryOf('a'), maker.make);
    clock.tick(999);
    expect(await cache.through(entryOf('a'), maker.make)).to.equal(1);
    clock.tick(1);
    expect(await cache.through(entryOf('a'), maker.make)).to.equal(2);
  });

  it('makes once what is asked for by many at the same time', async () => {
    const cache = givenNode();
    const ask = () => cache.through(entryOf('a', 'x'), maker.make);
    const answers = await Promise.all(Array.from({length: 50}, ask));
    expect(new Set(answers)).to.eql(new Set([1]));
    expect(maker.made).to.equal(1);
  });

  it('gives nobody who asks after a write what was begun before it', async () => {
    const cache = givenNode();
    let finish = (_: string) => {};
    const old = cache.through(
      entryOf('a', 'x'),
      () => new Promise<string>(resolve => (finish = resolve)),
    );
    await new Promise(setImmediate);
    await cache.empty('x');
    const fresh = await cache.through(entryOf('a', 'x'), async () => 'new');
    expect(fresh).to.equal('new');
    finish('old');
    expect(await old).to.equal('old');
    const kept = await cache.through(entryOf('a', 'x'), async () => 'newer');
    // What was kept last is of an older state, so that it is made anew.
    expect(kept).to.equal('newer');
  });

  it('keeps nothing that failed, and tells all who wait', async () => {
    const cache = givenNode();
    const fail = async () => {
      maker.made++;
      throw new Error('not now');
    };
    const asked = [1, 2].map(() => cache.through(entryOf('a'), fail));
    for (const each of asked) {
      await expect(each).to.be.rejectedWith('not now');
    }
    expect(maker.made).to.equal(1);
    expect(await cache.through(entryOf('a'), maker.make)).to.equal(2);
  });

  it('gives what is nothing, each time anew', async () => {
    const cache = givenNode();
    const make = async () => void maker.made++;
    for (let times = 1; times <= 2; times++) {
      expect(await cache.through(entryOf('a'), make)).to.be.undefined();
      expect(maker.made).to.equal(times);
    }
  });

  it('keeps nothing that is too large', async () => {
    const cache = givenNode();
    const make = async () => `${maker.made++}`.padEnd(300_000);
    await cache.through(entryOf('a'), make);
    await cache.through(entryOf('a'), make);
    expect(maker.made).to.equal(2);
  });

  context('when it is away', () => {
    const AWAY = new Error('away');

    it('lets everybody make it, and says so once', async () => {
      const cache = givenNode();
      sinon.stub(keys, 'getMany').rejects(AWAY);
      const before = await countOf('away');
      for (let times = 1; times <= 3; times++) {
        expect(await cache.through(entryOf('a'), maker.make)).to.equal(times);
      }
      expect((await countOf('away')) - before).to.equal(3);
      expect(logger.lines).to.have.length(1);
    });

    it('is not asked again before what it missed was emptied', async () => {
      const clock = sinon.useFakeTimers({toFake: ['Date']});
      cleanUpAfterTest(() => clock.restore());
      const cache = givenNode();
      await cache.through(entryOf('a', 'x'), maker.make);
      const set = sinon.stub(keys, 'set').rejects(AWAY);
      await cache.empty('x');
      expect(await cache.through(entryOf('a', 'x'), maker.make)).to.equal(2);
      clock.tick(900);
      set.restore();
      expect(await cache.through(entryOf('a', 'x'), maker.make)).to.equal(3);
      // It is asked again after a second, and empties first.
      clock.tick(99);
      expect(await cache.through(entryOf('a', 'x'), maker.make)).to.equal(4);
      clock.tick(1);
      expect(await cache.through(entryOf('a', 'x'), maker.make)).to.equal(5);
      expect(await cache.through(entryOf('a', 'x'), maker.make)).to.equal(5);
    });
  });
});

describe('The keys of a single node', () => {
  it('are bounded: the oldest are forgotten first', async () => {
    const keys = new MemoryKeys(2);
    for (const key of ['a', 'b', 'a', 'c']) await keys.set(key, key, 1000);
    expect(await keys.getMany(['a', 'b', 'c'])).to.eql(['a', undefined, 'c']);
  });
});
