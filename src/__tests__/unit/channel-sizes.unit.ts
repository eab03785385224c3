import {expect} from '@loopback/testlab';
import {ChannelSizes} from '../../realtime/channel-sizes';
import type {MembershipService} from '../../services';

describe('ChannelSizes', () => {
  /** Sizes whose counts are answered by the test, in the order of the questions. */
  function given() {
    const asked: {answer(size: number): void; fail(err: Error): void}[] = [];
    const memberships = {
      countMembers: () =>
        new Promise<number>((answer, fail) => asked.push({answer, fail})),
    };
    const sizes = new ChannelSizes(memberships as unknown as MembershipService);
    return {asked, sizes};
  }
  const turn = () => new Promise(setImmediate);

  it('knows nothing until a channel is counted', async () => {
    const {asked, sizes} = given();
    expect(sizes.sizeOf('a')).to.be.undefined();
    sizes.change('a', 3);
    expect(sizes.sizeOf('a')).to.be.undefined();
    asked[1].answer(7);
    await turn();
    expect(sizes.sizeOf('a')).to.equal(7);
    expect(asked).to.have.length(2);
  });

  it('asks for no count of a channel that was opened here', () => {
    const {asked, sizes} = given();
    sizes.know('a', 152);
    expect(sizes.sizeOf('a')).to.equal(152);
    expect(sizes.sizeOf('b')).to.be.undefined();
    expect(asked).to.have.length(1);
  });

  it('goes by the changes until it is counted anew', async () => {
    const {asked, sizes} = given();
    sizes.know('a', 100);
    sizes.change('a', 5);
    expect(sizes.sizeOf('a')).to.equal(105);
    sizes.change('a', -2);
    expect(sizes.sizeOf('a')).to.equal(103);
    // The first count is older than the last change.
    asked[0].answer(105);
    await turn();
    expect(sizes.sizeOf('a')).to.equal(103);
    asked[1].answer(101);
    await turn();
    expect(sizes.sizeOf('a')).to.equal(101);
    sizes.change('a', 1);
    expect(sizes.sizeOf('a')).to.equal(102);
  });

  it('asks again where it could not be counted', async () => {
    const {asked, sizes} = given();
    sizes.know('a', 100);
    sizes.change('a', 1);
    expect(sizes.sizeOf('a')).to.equal(101);
    asked[0].fail(new Error('away'));
    await turn();
    expect(sizes.sizeOf('a')).to.equal(101);
    expect(asked).to.have.length(2);
  });
});
