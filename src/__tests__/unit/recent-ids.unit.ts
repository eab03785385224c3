import {expect} from '@loopback/testlab';
import {RecentIds} from '../../repositories/log/recent-ids';

describe('Recent ids', () => {
  it('are known, so many of the latest at least', () => {
    const ids = new RecentIds(10);
    for (let n = 0; n < 1000; n++) {
      ids.add(`${n}`);
      for (let back = 0; back < 10; back++) {
        expect(ids.has(`${n - back}`)).to.equal(n >= back);
      }
    }
  });

  it('are forgotten after twice as many others', () => {
    const ids = new RecentIds(10);
    ids.add('a');
    for (let n = 0; n < 20; n++) ids.add(`${n}`);
    expect(ids.has('a')).to.be.false();
  });
});
