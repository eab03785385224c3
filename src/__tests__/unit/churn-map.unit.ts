import {expect} from '@loopback/testlab';
import {ChurnMap} from '../../repositories/log/churn-map';

const valueOf = (n: number) => ({n});

describe('ChurnMap', () => {
  it('gives what was set last, and nothing that is gone', () => {
    const map = new ChurnMap<{n: number}>();
    map.set('a', valueOf(1));
    map.set('a', valueOf(2));
    map.set('b', valueOf(3));
    expect(map.get('a')).to.deepEqual({n: 2});
    map.delete('a');
    map.delete('a');
    map.delete('c');
    expect(map.get('a')).to.be.undefined();
    map.set('a', valueOf(4));
    expect(map.get('a')).to.deepEqual({n: 4});
  });

  for (const staying of [0, 1, 5000]) {
    it(`keeps ${staying} entries while others come and go`, () => {
      const map = new ChurnMap<{n: number}>();
      for (let n = 0; n < staying; n++) map.set(`stays ${n}`, valueOf(n));
      for (let n = 0; n < 20_000; n++) {
        map.set(`goes ${n}`, valueOf(n));
        if (n >= 10) map.delete(`goes ${n - 10}`);
      }
      expect(map.get('goes 19989')).to.be.undefined();
      expect(map.get('goes 19990')).to.deepEqual({n: 19_990});
      for (let n = 0; n < staying; n++) {
        expect(map.get(`stays ${n}`)).to.deepEqual({n});
      }
    });
  }

  it('does not keep the keys of all that ever were', () => {
    const map = new ChurnMap<{n: number}>();
    const {entries} = map as unknown as {entries: Map<string, unknown>};
    for (let n = 0; n < 100_000; n++) {
      map.set(`${n}`, valueOf(n));
      map.delete(`${n}`);
    }
    const kept = map as unknown as {entries: Map<string, unknown>};
    expect(kept.entries.size).to.be.below(2000);
    expect(kept.entries).to.not.equal(entries);
  });
});
