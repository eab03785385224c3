import {expect} from '@loopback/testlab';
import {ChannelLog} from '../../client/channel-log';

const START = {changeSeq: 0, floor: 0, above: []};

describe('the log of a channel', () => {
  it('misses what it heard of before it was started', () => {
    const log = new ChannelLog('g', 10);
    log.expect(2);
    log.start(START);
    log.moveTo(1);
    expect(log.catchUpEnds(1)).to.be.true();
    log.moveTo(2);
    expect(log.catchUpEnds(1)).to.be.false();
  });

  it('misses nothing of a database that is gone', () => {
    const log = new ChannelLog('g', 10);
    log.start(START);
    log.expect(9);
    log.restart(START);
    expect(log.catchUpEnds()).to.be.false();
  });
});
