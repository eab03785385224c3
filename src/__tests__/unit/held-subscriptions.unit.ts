import {expect, sinon} from '@loopback/testlab';
import {setImmediate as turn} from 'timers/promises';
import {FRAMES} from '../../protocol';
import type {ChatSocket} from '../../realtime/chat-socket';
import {AcquaintanceLookups} from '../../realtime/presence/acquaintance-lookups';
import {HeldSubscriptions} from '../../realtime/presence/held-subscriptions';
import {Presence} from '../../realtime/presence/presence';
import {presenceRoom, userRoom} from '../../realtime/rooms';
import type {AcquaintanceService} from '../../services';
import type {ChatUser} from '../../types';

/** A connection as far as its rooms go. */
class FakeSocket {
  readonly data: {user: ChatUser};
  readonly rooms: Set<string>;
  /** Who was told to be online, or else not. */
  readonly told: [string, boolean][] = [];

  constructor(userId: string, ...seen: string[]) {
    this.data = {user: {id: userId, permissions: []}};
    this.rooms = new Set([userRoom(userId), ...seen.map(presenceRoom)]);
  }

  join(rooms: readonly string[]): void {
    rooms.forEach(room => this.rooms.add(room));
  }

  leave(room: string): void {
    this.rooms.delete(room);
  }

  emit(_event: string, bytes: Uint8Array): void {
    const {presences = []} = FRAMES.PresenceList.decode(bytes);
    for (const {userId, online} of presences) {
      this.told.push([String(userId), !!online]);
    }
  }

  end(): void {
    this.rooms.clear();
  }

  sees(userId: string): boolean {
    return this.rooms.has(presenceRoom(userId));
  }
}

/** A question to the store that a test answers. */
interface Question {
  readonly userId: string;
  readonly asked: readonly string[];
  answer(known: readonly string[]): Promise<void>;
  fail(): Promise<void>;
}

describe('HeldSubscriptions', () => {
  let questions: Question[];
  let presence: Presence;
  let lookups: AcquaintanceLookups;
  let held: HeldSubscriptions;
  let clock: sinon.SinonFakeTimers;

  beforeEach(() => {
    clock = sinon.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    questions = [];
    presence = new Presence();
    const acquaintances = {
      thoseKnownTo: ({id}: ChatUser, asked: string[]) =>
        new Promise<string[]>((resolve, reject) =>
          questions.push({
            ...{userId: id, asked},
            answer: async known => {
              resolve([...known]);
              await turn();
            },
            fail: async () => {
              reject(new Error('The database is away'));
              await turn();
            },
          }),
        ),
    };
    lookups = new AcquaintanceLookups(
      acquaintances as unknown as AcquaintanceService,
    );
    held = new HeldSubscriptions(lookups, presence);
  });

  afterEach(() => {
    held.stop();
    clock.restore();
  });

  const hold = (socket: FakeSocket, ...seen: string[]) => {
    for (const id of seen) held.hold(socket as unknown as ChatSocket, id);
    held.restore();
  };

  it('asks once for all connections of a user', async () => {
    const [one, two] = [new FakeSocket('ann', 'bob'), new FakeSocket('ann')];
    two.join([presenceRoom('bob'), presenceRoom('cid')]);
    held.hold(one as unknown as ChatSocket, 'bob');
    hold(two, 'bob', 'cid');
    expect([one.sees('bob'), two.sees('cid')]).to.eql([false, false]);
    expect(questions).to.have.length(1);
    expect(questions[0].asked).to.eql(['bob', 'cid']);
    await questions[0].answer(['bob']);
    expect([one.sees('bob'), two.sees('bob')]).to.eql([true, true]);
    expect(two.sees('cid')).to.be.false();
    expect(questions).to.have.length(1);
  });

  it('asks for some users at once, and for all in the end', async () => {
    const sockets = Array.from(
      {length: 10},
      (_, n) => new FakeSocket(`user ${n}`, 'bob'),
    );
    for (const socket of sockets) hold(socket, 'bob');
    expect(questions).to.have.length(4);
    for (let n = 0; n < 10; n++) await questions[n].answer(['bob']);
    expect(sockets.every(socket => socket.sees('bob'))).to.be.true();
  });

  it('tells what was missed, and nothing else', async () => {
    for (const id of ['came on', 'stays on', 'goes']) presence.add(id);
    presence.remove('came on');
    const seen = ['came on', 'stays on', 'goes', 'stranger'];
    const socket = new FakeSocket('ann', ...seen);
    hold(socket, ...seen);
    presence.add('came on');
    presence.remove('goes');
    presence.add('stranger');
    await questions[0].answer(['came on', 'stays on', 'goes']);
    expect(socket.told).to.eql([
      ['came on', true],
      ['goes', false],
    ]);
  });

  it('asks again when the database is back', async () => {
    const socket = new FakeSocket('ann', 'bob');
    hold(socket, 'bob');
    await questions[0].fail();
    await clock.tickAsync(1000);
    await questions[1].fail();
    await clock.tickAsync(1999);
    expect(questions).to.have.length(2);
    await clock.tickAsync(1);
    await questions[2].answer(['bob']);
    expect(socket.sees('bob')).to.be.true();
    await clock.tickAsync(100_000);
    expect(questions).to.have.length(3);
  });

  it('asks again later of whom it changes all the time', async () => {
    const socket = new FakeSocket('ann', 'bob');
    hold(socket, 'bob');
    for (let n = 0; n < 3; n++) {
      lookups.outdate(['bob']);
      await questions[n].answer(['bob']);
    }
    expect(questions).to.have.length(3);
    expect(socket.sees('bob')).to.be.false();
    await clock.tickAsync(1000);
    await questions[3].answer(['bob']);
    expect(socket.sees('bob')).to.be.true();
  });

  it('does not take an answer of before a second removal', async () => {
    const socket = new FakeSocket('ann', 'bob', 'cid');
    hold(socket, 'bob');
    lookups.outdate(['bob']);
    hold(socket, 'bob', 'cid');
    await questions[0].answer(['bob']);
    expect(socket.sees('bob')).to.be.false();
    await questions[1].answer([]);
    expect(questions[2].asked).to.eql(['cid']);
    await questions[2].answer(['cid']);
    expect([socket.sees('bob'), socket.sees('cid')]).to.eql([false, true]);
  });

  it('forgets connections that have ended', async () => {
    const [one, two] = [
      new FakeSocket('ann', 'bob'),
      new FakeSocket('ann', 'bob'),
    ];
    held.hold(one as unknown as ChatSocket, 'bob');
    hold(two, 'bob');
    one.end();
    await questions[0].answer(['bob']);
    expect([one.rooms.size, two.sees('bob')]).to.eql([0, true]);
    hold(two, 'bob');
    two.end();
    await questions[1].fail();
    await clock.tickAsync(100_000);
    expect(questions).to.have.length(2);
  });

  it('subscribes to no more than a connection may be told of', async () => {
    const seen = Array.from({length: 3}, (_, n) => `user ${n}`);
    const socket = new FakeSocket('ann', ...seen);
    hold(socket, ...seen);
    socket.join(Array.from({length: 999}, (_, n) => presenceRoom(`new ${n}`)));
    await questions[0].answer(seen);
    expect(seen.filter(id => socket.sees(id))).to.eql(['user 0']);
  });

  it('tells nothing twice of whom the connection has asked anew', async () => {
    const socket = new FakeSocket('ann', 'bob');
    hold(socket, 'bob');
    presence.add('bob');
    socket.join([presenceRoom('bob')]);
    held.forget(socket as unknown as ChatSocket, ['bob']);
    await questions[0].answer(['bob']);
    expect([socket.sees('bob'), socket.told]).to.eql([true, []]);
  });

  it('takes no answer, and no failure, after it was stopped', async () => {
    const sockets = [
      new FakeSocket('ann', 'bob'),
      new FakeSocket('cid', 'bob'),
    ];
    for (const socket of sockets) hold(socket, 'bob');
    held.stop();
    await questions[0].answer(['bob']);
    await questions[1].fail();
    expect(sockets.map(socket => socket.sees('bob'))).to.eql([false, false]);
    expect(clock.countTimers()).to.equal(0);
  });

  it('leaves all as it is once stopped', async () => {
    const socket = new FakeSocket('ann', 'bob');
    hold(socket, 'bob');
    await questions[0].fail();
    held.stop();
    await clock.tickAsync(100_000);
    expect(questions).to.have.length(1);
  });
});
