import {expect, sinon} from '@loopback/testlab';
import {EventEmitter} from 'events';
import {readLater} from '../../realtime/limits/slow-reading';

describe('readLater', () => {
  let clock: sinon.SinonFakeTimers;
  let taken: unknown[];
  let states: string[];

  beforeEach(() => {
    clock = sinon.useFakeTimers({
      toFake: [
        ...(['setTimeout', 'clearTimeout'] as const),
        ...(['setImmediate', 'performance'] as const),
      ],
    });
    [taken, states] = [[], []];
  });
  afterEach(() => clock.restore());

  /** A client of socket.io, as far as it matters. */
  function givenClient(name = 'websocket') {
    const conn = Object.assign(new EventEmitter(), {
      readyState: 'open',
      transport: {
        name,
        socket: {
          pause: () => states.push('paused'),
          resume: () => states.push('resumed'),
        } as {pause?(): void; resume?(): void},
      },
      close: () => states.push('closed'),
    });
    const client = {conn, ondata: (data: unknown) => void taken.push(data)};
    conn.on('data', client.ondata);
    return client;
  }
  const send = ({conn}: {conn: EventEmitter}, ...all: unknown[]) =>
    all.forEach(data => conn.emit('data', data));

  it('has what comes meanwhile wait, and takes it in order, one in a turn', () => {
    const client = givenClient();
    readLater(client, 50);
    send(client, 1, 2, 3);
    clock.tick(49);
    expect(taken).to.eql([]);
    expect(states).to.eql(['paused']);
    clock.tick(1);
    expect(taken).to.eql([1]);
    send(client, 4);
    clock.runAll();
    expect(taken).to.eql([1, 2, 3, 4]);
    expect(states).to.eql(['paused', 'resumed']);
    send(client, 5);
    expect(taken).to.eql([1, 2, 3, 4, 5]);
  });

  it('waits again where one that had waited is the reason to', () => {
    const client = givenClient();
    client.conn.removeListener('data', client.ondata);
    client.ondata = data => {
      taken.push(data);
      readLater(client, 50);
    };
    client.conn.on('data', client.ondata);
    readLater(client, 50);
    send(client, 1, 2);
    clock.tick(99);
    expect(taken).to.eql([1]);
    clock.tick(1);
    expect(taken).to.eql([1, 2]);
    expect(states).to.eql(['paused', 'paused', 'paused']);
    clock.tick(50);
    expect(states.slice(3)).to.eql(['resumed']);
  });

  it('waits as long as the longest of several reasons asks for', () => {
    const client = givenClient();
    for (const delayMs of [50, 500, 20]) readLater(client, delayMs);
    clock.tick(499);
    expect(states).to.not.containEql('resumed');
    clock.tick(1);
    expect(states.pop()).to.equal('resumed');
  });

  it('takes nothing of a connection that ended meanwhile', () => {
    const client = givenClient();
    readLater(client, 50);
    send(client, 1);
    client.conn.readyState = 'closed';
    clock.runAll();
    expect(taken).to.eql([]);
  });

  it('leaves nothing behind that a client cannot take off again', () => {
    const client = givenClient();
    readLater(client, 50);
    client.conn.removeListener('data', client.ondata);
    expect(client.conn.listenerCount('data')).to.equal(0);
  });

  for (const [title, size, count] of [
    ['in few large messages', 65_536, 5],
    ['in many small ones', 0, 6144],
  ] as const) {
    it(`ends a connection of which more is read than may wait, ${title}`, () => {
      for (const data of ['x'.repeat(size), Buffer.alloc(size)]) {
        const client = givenClient('polling');
        readLater(client, 50);
        for (let i = 0; i < count; i++) send(client, data);
        expect(states).to.eql([]);
        send(client, data);
        expect(states.splice(0)).to.eql(['closed']);
      }
      expect(taken).to.eql([]);
    });
  }

  it('has as much wait again once that was taken', () => {
    const client = givenClient();
    for (let round = 1; round <= 3; round++) {
      readLater(client, 50);
      for (let i = 0; i < 5; i++) send(client, Buffer.alloc(65_536));
      clock.runAll();
      expect(taken.length).to.equal(5 * round);
    }
    expect(states).to.not.containEql('closed');
  });
});
