import {expect} from '@loopback/testlab';
import {ChannelLanes} from '../../repositories/log/channel-lanes';

const WEIGHTLESS = () => 0;

function givenLanes(maxItems = 100): ChannelLanes<string> {
  return new ChannelLanes(maxItems, 1, WEIGHTLESS);
}

describe('ChannelLanes', () => {
  it('gives nothing when nothing waits', () => {
    expect(givenLanes().takeBatch()).to.be.undefined();
  });

  it('gives what waits, in its order', () => {
    const lanes = givenLanes();
    for (const item of ['a1', 'b1', 'a2', 'c1']) lanes.push(item[0], item);
    expect(lanes.waiting).to.equal(4);
    const batch = lanes.takeBatch();
    expect(batch?.items).to.deepEqual(['a1', 'a2', 'b1', 'c1']);
    expect(lanes.waiting).to.equal(0);
    expect(lanes.takeBatch()).to.be.undefined();
  });

  it('keeps a channel closed until its batch is released', () => {
    const lanes = givenLanes();
    lanes.push('a', 'a1');
    const first = lanes.takeBatch();
    lanes.push('a', 'a2');
    lanes.push('b', 'b1');
    const second = lanes.takeBatch();
    expect(second?.items).to.deepEqual(['b1']);
    expect(lanes.takeBatch()).to.be.undefined();
    second?.release();
    expect(lanes.takeBatch()).to.be.undefined();
    first?.release();
    expect(lanes.takeBatch()?.items).to.deepEqual(['a2']);
  });

  it('closes a batch at its number of items and keeps the rest', () => {
    const lanes = givenLanes(2);
    for (const item of ['a1', 'a2', 'a3', 'b1']) lanes.push(item[0], item);
    const first = lanes.takeBatch();
    expect(first?.items).to.deepEqual(['a1', 'a2']);
    expect(lanes.waiting).to.equal(2);
    const second = lanes.takeBatch();
    expect(second?.items).to.deepEqual(['b1']);
    first?.release();
    expect(lanes.takeBatch()?.items).to.deepEqual(['a3']);
  });

  it('closes a batch once it weighs enough', () => {
    const lanes = new ChannelLanes<string>(100, 10, item => item.length);
    lanes.push('a', 'x'.repeat(9));
    lanes.push('a', 'y'.repeat(50));
    lanes.push('b', 'z');
    const first = lanes.takeBatch();
    expect(first?.items.map(item => item[0])).to.deepEqual(['x', 'y']);
    expect(lanes.takeBatch()?.items).to.deepEqual(['z']);
  });

  it('lets an item pass that is too heavy for any batch', () => {
    const lanes = new ChannelLanes<string>(100, 10, item => item.length);
    lanes.push('a', 'x'.repeat(1000));
    expect(lanes.takeBatch()?.items).to.have.length(1);
  });

  it('starves no channel', () => {
    const lanes = givenLanes(1);
    lanes.push('a', 'a1');
    lanes.push('a', 'a2');
    lanes.push('b', 'b1');
    const taken: string[] = [];
    for (let batch = lanes.takeBatch(); batch; batch = lanes.takeBatch()) {
      taken.push(...batch.items);
      batch.release();
    }
    expect(taken).to.deepEqual(['a1', 'b1', 'a2']);
  });

  it('forgets a channel that is empty', () => {
    const lanes = givenLanes();
    for (let round = 0; round < 3; round++) {
      lanes.push('a', `a${round}`);
      const batch = lanes.takeBatch();
      expect(batch?.items).to.deepEqual([`a${round}`]);
      batch?.release();
    }
  });
});
