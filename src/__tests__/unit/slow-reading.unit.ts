import {expect, sinon} from '@loopback/testlab';
import {readLater} from '../../realtime/limits/slow-reading';

describe('readLater', () => {
  let clock: sinon.SinonFakeTimers;
  let taken: unknown[];
  let states: string[];

  beforeEach(() => {
    clock = sinon.useFakeTimers({toFake: ['setTimeout', 'setImmediate']});
    [taken, states] = [[], []];
  });
  afterEach(() => clock.restore());

  const givenTransport = (name = 'websocket') => ({
    name,
    readyState: 'open',
    socket: {
      pause: () => states.push('paused'),
      resume: () => states.push('resumed'),
    } as {pause?(): void; resume?(): void},
    onPacket: (packet: unknown) => void taken.push(packet),
  });

  it('has what comes meanwhile wait, and takes it in order, one in a turn', () => {
    const transport = givenTransport();
    readLater({transport}, 50);
    for (const packet of [1, 2, 3]) transport.onPacket(packet);
    clock.tick(49);
    expect(taken).to.eql([]);
    expect(states).to.eql(['paused']);
    clock.tick(1);
    expect(taken).to.eql([1]);
    transport.onPacket(4);
    clock.runAll();
    expect(taken).to.eql([1, 2, 3, 4]);
    expect(states).to.eql(['paused', 'resumed']);
    transport.onPacket(5);
    expect(taken).to.eql([1, 2, 3, 4, 5]);
  });

  it('waits again where one that had waited is the reason to', () => {
    const transport = givenTransport();
    transport.onPacket = packet => {
      taken.push(packet);
      readLater({transport}, 50);
    };
    readLater({transport}, 50);
    for (const packet of [1, 2]) transport.onPacket(packet);
    clock.tick(99);
    expect(taken).to.eql([1]);
    clock.tick(1);
    expect(taken).to.eql([1, 2]);
    expect(states).to.eql(['paused', 'paused', 'paused']);
    clock.tick(50);
    expect(states.slice(3)).to.eql(['resumed']);
  });

  it('waits once for several reasons at a time', () => {
    const transport = givenTransport();
    readLater({transport}, 50);
    readLater({transport}, 500);
    clock.tick(50);
    expect(states).to.eql(['paused', 'resumed']);
  });

  it('takes nothing of a connection that ended meanwhile', () => {
    const transport = givenTransport();
    readLater({transport}, 50);
    transport.onPacket(1);
    transport.readyState = 'closed';
    clock.runAll();
    expect(taken).to.eql([]);
  });

  it('leaves connections alone that cannot be made to wait', () => {
    const polling = givenTransport('polling');
    const foreign = {...givenTransport(), socket: {}};
    for (const transport of [polling, foreign]) {
      readLater({transport}, 50);
      transport.onPacket(1);
    }
    expect(taken).to.eql([1, 1]);
    expect(states).to.eql([]);
  });
});
