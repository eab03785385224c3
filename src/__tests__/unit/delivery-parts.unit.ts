import {expect} from '@loopback/testlab';
import {PacketType} from 'socket.io-parser';
import {Authors} from '../../realtime/delivery/authors';
import {joinFrames} from '../../realtime/delivery/frame-joiner';
import {RecentPackets} from '../../realtime/delivery/recent-packets';
import {
  SendBuffers,
  type EngineSocket,
} from '../../realtime/delivery/send-buffers';
import {Sessions} from '../../realtime/delivery/sessions';

describe('joinFrames', () => {
  it('writes a text frame of Engine.IO, and a binary one', () => {
    const bytes = joinFrames(['2["a"]', Buffer.from([1, 2, 3])]);
    expect(bytes.subarray(0, 9).toString('latin1')).to.equal('\x81\x0742["a"]');
    expect([...bytes.subarray(9)]).to.eql([0x82, 3, 1, 2, 3]);
  });

  for (const [size, header] of [
    [125, [0x82, 125]],
    [126, [0x82, 126, 0, 126]],
    [65_535, [0x82, 126, 255, 255]],
    [65_536, [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ] as const) {
    it(`writes the length of ${size} bytes`, () => {
      const bytes = joinFrames([Buffer.alloc(size)]);
      expect([...bytes.subarray(0, header.length)]).to.eql([...header]);
      expect(bytes).to.have.length(header.length + size);
    });
  }
});

describe('RecentPackets', () => {
  const packet = (name: string) => ({
    type: PacketType.EVENT,
    data: [name],
    nsp: '/',
  });
  const to = (...rooms: string[]) => ({rooms: new Set(rooms)});
  const offsetOf = ({data}: {data: unknown[]}) => String(data[1]);

  it('gives what came after an offset, to the rooms only', () => {
    const recent = new RecentPackets(60_000);
    const first = packet('first');
    recent.add(first, to('a'));
    recent.add(packet('second'), to('a'));
    recent.add(packet('third'), to('b'));
    const missed = recent.after(offsetOf(first), ['a'], 1000);
    expect(missed?.map(([name]) => name)).to.eql(['second']);
  });

  it('gives nothing rather than more than a connection may let wait', () => {
    const recent = new RecentPackets(60_000);
    const first = packet('first');
    recent.add(first, to('a'));
    for (let i = 0; i < 3; i++) {
      const data = ['event', Buffer.alloc(400)];
      recent.add({...packet('event'), data}, to('a'));
      recent.add({...packet('event'), data: [...data]}, to('b'));
    }
    const after = (maxBytes: number) =>
      recent.after(offsetOf(first), ['a'], maxBytes);
    expect(after(1560)).to.have.length(3);
    expect(after(1559)).to.be.undefined();
  });

  it('leaves out what was not meant for a connection', () => {
    const recent = new RecentPackets(60_000);
    const first = packet('first');
    recent.add(first, to('a'));
    recent.add(packet('own'), {...to('a'), except: new Set(['my-socket'])});
    expect(
      recent.after(offsetOf(first), ['a', 'my-socket'], 1000),
    ).to.be.empty();
  });

  it('tells an offset from one that is before another', () => {
    const recent = new RecentPackets(60_000);
    const offsets = ['first', 'second', 'third'].map(name => {
      const each = packet(name);
      recent.add(each, to('a'));
      return offsetOf(each);
    });
    expect(recent.newest).to.equal(offsets[2]);
    const isSince = (offset: string) => recent.has(offset, offsets[1]);
    expect(offsets.map(isSince)).to.eql([false, true, true]);
    expect(recent.has(offsets[0], 'long gone')).to.be.true();
  });

  it('knows no offset that is too old, or made up', () => {
    const recent = new RecentPackets(-1);
    const first = packet('first');
    recent.add(first, to('a'));
    expect(recent.has(offsetOf(first))).to.be.false();
    expect(recent.has('__proto__')).to.be.false();
  });

  it('keeps no more than it may', () => {
    const recent = new RecentPackets(60_000);
    const first = packet('first');
    recent.add(first, to('a'));
    for (let i = 0; i < 20_000; i++) recent.add(packet('more'), to('a'));
    expect(recent.has(offsetOf(first))).to.be.false();
  });
});

describe('Sessions', () => {
  const session = (sid: string, rooms: string[]) => ({
    sid,
    pid: `pid of ${sid}`,
    rooms,
    data: {},
  });

  it('resumes a connection once', () => {
    const sessions = new Sessions(60_000);
    sessions.keep(session('s', ['a']));
    expect(sessions.resume('pid of s', 'offset')).to.containEql({sid: 's'});
    expect(sessions.resume('pid of s', 'offset')).to.be.undefined();
    expect(sessions.resumed('s')).to.containEql({
      offset: 'offset',
      rooms: ['a'],
    });
    expect(sessions.resumed('s')).to.be.undefined();
  });

  it('resumes none that ended too long ago', () => {
    const sessions = new Sessions(-1);
    sessions.keep(session('s', ['a']));
    expect(sessions.resume('pid of s', 'offset')).to.be.undefined();
  });

  it('follows those who come into rooms meanwhile', () => {
    const sessions = new Sessions(60_000);
    sessions.keep(session('s', ['user:ann']));
    sessions.keep(session('t', ['user:bob']));
    sessions.add(new Set(['user:ann']), ['group']);
    sessions.resume('pid of s', '0');
    sessions.resume('pid of t', '0');
    expect(sessions.resumed('s')?.rooms).to.eql(['user:ann', 'group']);
    expect(sessions.resumed('t')?.rooms).to.eql(['user:bob']);
  });

  it('ends those who are taken out of a room meanwhile', () => {
    const sessions = new Sessions(60_000);
    sessions.keep(session('s', ['user:ann', 'secret']));
    sessions.keep(session('t', ['user:bob', 'secret']));
    sessions.keep(session('u', ['user:ann']));
    sessions.end(new Set(['user:ann']), ['secret']);
    expect(sessions.resume('pid of s', '0')).to.be.undefined();
    expect(sessions.resume('pid of t', '0')).to.be.ok();
    expect(sessions.resume('pid of u', '0')).to.be.ok();
  });

  it('ends those, too, who are being taken up again', () => {
    const sessions = new Sessions(60_000);
    sessions.keep(session('s', ['user:ann', 'secret']));
    sessions.keep(session('t', ['user:bob', 'secret']));
    sessions.resume('pid of s', '0');
    sessions.resume('pid of t', '0');
    sessions.end(new Set(['user:ann']), ['secret']);
    expect(sessions.resumed('s')?.isEnded).to.be.true();
    expect(sessions.resumed('t')?.isEnded).to.not.be.ok();
  });

  it('keeps no more than it may', () => {
    const sessions = new Sessions(60_000);
    for (let i = 0; i < 10_001; i++) sessions.keep(session(`s${i}`, []));
    expect(sessions.resume('pid of s0', '0')).to.be.undefined();
    expect(sessions.resume('pid of s10000', '0')).to.be.ok();
  });
});

describe('SendBuffers', () => {
  const givenConn = () => {
    const conn = {
      writeBuffer: [] as unknown[],
      isCut: false,
      transport: {
        name: 'websocket',
        writable: true,
        socket: {
          bufferedAmount: 0,
          terminate: () => void (conn.isCut = true),
        },
      },
      write: () => undefined,
      close: () => undefined,
    };
    return conn;
  };

  const givenBuffers = () => {
    const buffers = new SendBuffers(1000);
    const conn = givenConn();
    return {
      conn,
      /** Hands a write on, or lets it wait while another is on its way. */
      write: (bytes: number) => {
        if (!buffers.admits(conn as EngineSocket, bytes)) return false;
        buffers.count(conn as EngineSocket, bytes);
        if (conn.transport.writable) {
          conn.transport.writable = false;
          conn.transport.socket.bufferedAmount = bytes;
        } else conn.writeBuffer.push('something');
        return true;
      },
      /** The reader takes all that was handed on; what waited is handed on. */
      read: (waited: number) => {
        // As the engine does: a new list for what waits then.
        conn.writeBuffer = [];
        conn.transport.writable = waited === 0;
        conn.transport.socket.bufferedAmount = waited;
      },
    };
  };

  it('cuts who lets more wait than allowed, in whichever place', () => {
    const {conn, write} = givenBuffers();
    expect([write(400), write(300), write(300)]).to.eql([true, true, true]);
    expect(conn.isCut).to.be.false();
    expect(write(1)).to.be.false();
    expect(conn.isCut).to.be.true();
  });

  it('counts what was handed on once', () => {
    const {conn, write, read} = givenBuffers();
    for (let i = 0; i < 10; i++) {
      expect([write(450), write(450)]).to.eql([true, true]);
      read(450);
      // A ping of the engine's, which nobody has counted.
      conn.writeBuffer.push('2');
      expect(write(450)).to.be.true();
      read(450);
      read(0);
    }
    expect(conn.isCut).to.be.false();
  });

  it('lets one long answer go, and no other while that is on its way', () => {
    const {conn, write, read} = givenBuffers();
    expect(write(5000)).to.be.true();
    read(0);
    expect([write(400), write(5000)]).to.eql([true, true]);
    expect(write(5000)).to.be.false();
    expect(conn.isCut).to.be.true();
  });
});

describe('RecentPackets of many bytes', () => {
  it('keeps no more than it may', () => {
    const recent = new RecentPackets(60_000);
    const bytes = Buffer.alloc(1024 * 1024);
    const packets = Array.from({length: 40}, () => ({
      type: PacketType.EVENT,
      data: ['event', bytes] as unknown[],
      nsp: '/',
    }));
    for (const packet of packets) recent.add(packet, {rooms: new Set(['a'])});
    expect(recent.has(String(packets[0].data[2]))).to.be.false();
    expect(recent.has(String(packets[39].data[2]))).to.be.true();
  });
});

describe('Authors', () => {
  it('names who wrote between two messages, each once', () => {
    const authors = new Authors();
    authors.add('c', 1, 'ann');
    authors.add('c', 2, 'ann');
    authors.add('c', 3, 'bob');
    expect(authors.between('c', 0, 2)).to.eql(['ann']);
    expect(authors.between('c', 0, 9)).to.eql(['ann', 'bob']);
    expect(authors.between('c', 2, 9)).to.eql(['bob']);
    expect(authors.between('c', 3, 9)).to.be.empty();
    expect(authors.between('other', 0, 9)).to.be.empty();
  });

  it('names who goes on writing', () => {
    const authors = new Authors();
    authors.add('c', 1, 'ann');
    authors.add('c', 9, 'ann');
    expect(authors.between('c', 3, 5)).to.eql(['ann']);
  });

  it('forgets who left', () => {
    const authors = new Authors();
    authors.add('c', 1, 'ann');
    authors.add('c', 2, 'bob');
    authors.remove({channelId: 'c', userIds: ['ann']});
    expect(authors.between('c', 0, 9)).to.eql(['bob']);
  });

  it('looks back so far only, and tells how far', () => {
    const authors = new Authors();
    for (let seq = 1; seq <= 300; seq++) authors.add('c', seq, `user ${seq}`);
    expect(authors.between('c', 0, 300).length).to.be.below(101);
    expect(authors.knowsAfter('c', 199)).to.be.false();
    expect(authors.knowsAfter('c', 200)).to.be.true();
  });

  it('tells that it knows nothing of what was written before', () => {
    const authors = new Authors();
    expect(authors.knowsAfter('c', 0)).to.be.false();
    authors.add('c', 5, 'ann');
    expect(authors.knowsAfter('c', 3)).to.be.false();
    expect(authors.knowsAfter('c', 4)).to.be.true();
    authors.remove({channelId: 'c', userIds: ['ann']});
    expect(authors.knowsAfter('c', 4)).to.be.true();
  });
});
