import {expect} from '@loopback/testlab';
import {PacketType} from 'socket.io-parser';
import {Departures} from '../../realtime/delivery/departures';
import {joinFrames} from '../../realtime/delivery/frame-joiner';
import type {PacketChain} from '../../realtime/delivery/packet-chain';

const ROOM = Array.from({length: 20}, (_, n) => `socket ${n}`);
const [FIRST, SECOND] = ROOM;

/** A line that writes down who was sent what. */
function givenDepartures(room = ROOM) {
  const sent = new Map<string, PacketChain[]>();
  let lastId = 0;
  const departures = new Departures<string>({
    nextId: () => ++lastId,
    encode: ({data, id}) => [`${data[0]}${id === undefined ? '' : '?'}`],
    receivers: ({except}) => room.filter(socket => !except?.has(socket)),
    send: (socket, chain) =>
      void sent.set(socket, [...(sent.get(socket) ?? []), chain]),
  });
  const add = (
    name: string,
    except: string[] = [],
    series?: string,
    change?: string,
  ) =>
    departures.add({
      change,
      packet: {type: PacketType.EVENT, data: [name], nsp: '/'},
      options: {rooms: new Set(), except: new Set(except)},
      ask: series === undefined ? undefined : {series, onAck: () => undefined},
    });
  /** What was sent; a question mark is an ack that is asked. */
  const textsOf = (socket: string) =>
    (sent.get(socket) ?? []).map(chain =>
      [...chain.packets()].map(({encoded}) => encoded[0]).join(' '),
    );
  const answer = (name: string, to: string, change?: string) =>
    departures.answer({
      packet: {type: PacketType.ACK, data: [name], nsp: '/'},
      ...{to, change},
    });
  return {departures, sent, add, answer, textsOf};
}

describe('Departures', () => {
  it('writes once a turn, in order, the same bytes to all', async () => {
    const {sent, add, textsOf} = givenDepartures();
    for (const name of ['a', 'b', 'c']) add(name);
    expect(sent.size).to.equal(0);
    await new Promise(setImmediate);
    expect(textsOf(FIRST)).to.eql(['a b c']);
    const [[first], [second]] = [FIRST, SECOND].map(id => sent.get(id) ?? []);
    expect(second).to.be.exactly(first);
    const frames = ['a', 'b', 'c'].map(name => joinFrames([name]));
    expect(first.writes()).to.eql([Buffer.concat(frames)]);
    expect(first.byteLength).to.equal(Buffer.concat(frames).length);
    add('d');
    await new Promise(setImmediate);
    expect(textsOf(FIRST)).to.eql(['a b c', 'd']);
  });

  it('writes what waits at once when it is asked to, and only once', async () => {
    const {departures, add, textsOf} = givenDepartures();
    add('a');
    departures.flush();
    departures.flush();
    await new Promise(setImmediate);
    expect(textsOf(FIRST)).to.eql(['a']);
  });

  it('puts an answer where the change is told that it answers', () => {
    const {departures, add, answer, textsOf} = givenDepartures([FIRST, SECOND]);
    add('1', [FIRST], undefined, 'first 1');
    add('2', [SECOND], undefined, 'second 2');
    add('3', [FIRST], undefined, 'first 3');
    answer('ack3', FIRST, 'first 3');
    answer('ack2', SECOND, 'second 2');
    answer('ack1', FIRST, 'first 1');
    departures.flush();
    expect(textsOf(FIRST)).to.eql(['ack1 2 ack3']);
    expect(textsOf(SECOND)).to.eql(['1 ack2 3']);
  });

  it('puts answers after what was added, where nothing is told', async () => {
    const {departures, add, answer, textsOf} = givenDepartures();
    add('a', [], undefined, 'first 1');
    departures.flush();
    add('b');
    answer('ack1', FIRST, 'first 1');
    answer('error', FIRST);
    await new Promise(setImmediate);
    expect(textsOf(FIRST)).to.eql(['a', 'b ack1 error']);
    expect(textsOf(SECOND)).to.eql(['a', 'b']);
  });

  it('lets no more wait than it may', () => {
    const {add, textsOf} = givenDepartures();
    for (let n = 0; n < 1000; n++) add('a');
    expect(textsOf(FIRST)).to.have.length(1);
  });

  it('asks many for the last of a series only', () => {
    const {departures, add, textsOf} = givenDepartures();
    add('a', [], 'one');
    add('b', [], 'other');
    add('c', [], 'one');
    departures.flush();
    expect(textsOf(FIRST)).to.eql(['a b? c?']);
  });

  it('asks who does not get the last of a series for the one before', () => {
    const {departures, add, textsOf} = givenDepartures();
    add('a', [SECOND], 'one');
    add('b', [], 'one');
    add('c', [FIRST], 'one');
    departures.flush();
    expect(textsOf(FIRST)).to.eql(['a b?']);
    expect(textsOf(SECOND)).to.eql(['b c?']);
    expect(textsOf(ROOM[9])).to.eql(['a b c?']);
  });

  it('asks a few for each', () => {
    const {departures, add, textsOf} = givenDepartures(ROOM.slice(0, 16));
    add('a', [], 'one');
    add('b', [], 'one');
    departures.flush();
    expect(textsOf(FIRST)).to.eql(['a? b?']);
  });

  it('does not copy what is long', () => {
    const {departures, sent, add} = givenDepartures();
    const long = 'x'.repeat(40_000);
    add(long);
    add(long);
    departures.flush();
    const [chain] = sent.get(FIRST) ?? [];
    const [one, two] = [...chain.packets()];
    expect(chain.writes()[0]).to.be.exactly(one.bytes);
    expect(chain.writes()[1]).to.be.exactly(two.bytes);
  });
});
