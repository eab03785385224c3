import {expect, sinon} from '@loopback/testlab';
import {DEFAULTS} from '../../default-config';
import type {FrameHandlers} from '../../realtime/frame-handlers';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {
  givenChatApp,
  givenChatAppOfSuite,
  type ChatApp,
} from '../fixtures/chat-app';
import {givenStoppedClock} from '../fixtures/clock';
import {givenMessage} from '../fixtures/device';
import {openPolling, postPackets} from '../fixtures/polling';
import {ANY_STORE} from '../fixtures/stores';
import {givenToken, givenUserId} from '../fixtures/token';
import {HostileSocket} from '../fuzz/hostile-socket';

const RATES = {
  ...{sendsPerSecond: 1, sendBurst: 1, readsPerSecond: 1, readBurst: 4},
};
/** Ten times what may be sent at once. */
const MAX_EVENTS = 50;
const MAX_CONNECTS = 10;

async function admittedTo(
  chat: ChatApp,
  userId = givenUserId('eve'),
): Promise<HostileSocket> {
  const socket = new HostileSocket(chat.address);
  const token = await givenToken(userId);
  socket.text(`40${JSON.stringify({token})}`);
  await socket.until(() => !!socket.admission);
  return socket;
}

describe('Bounds of a connection', () => {
  const chat = givenChatAppOfSuite({config: {realtime: RATES}});
  const open = () => new HostileSocket(chat().address);
  const admitted = () => admittedTo(chat());

  afterEach('somebody else notices nothing', async () => {
    const ann = await chat().device(givenUserId('ann'));
    const ack = await ann.send(givenMessage({receiver: givenUserId('bob')}));
    expect(ack.statusCode).to.equal(200);
  });

  it('answers 429 to events past the limit', async () => {
    const socket = await admitted();
    for (let i = 0; i < MAX_EVENTS; i++) socket.emitJson('on-sync', '0');
    await socket.allAcked();
    expect(socket.isClosed).to.be.false();
    expect(socket.acks).to.have.length(MAX_EVENTS);
    expect(socket.acks).to.containDeep([{statusCode: 429}]);
    socket.close();
  });

  it('ends the connection that sends ten times what is allowed', async () => {
    const socket = await admitted();
    for (let i = 0; i < 2 * MAX_EVENTS; i++) socket.text('42["on-sync"]');
    await socket.until(() => false);
    expect(socket.isClosed).to.be.true();
  });

  it('takes few events of a burst in a turn, for others have theirs', async () => {
    const socket = await admitted();
    const handlers = await chat().app.get<FrameHandlers>('chat.frameHandlers');
    const counts = [0];
    const find = handlers.of.bind(handlers);
    const stub = sinon.stub(handlers, 'of').callsFake(event => {
      counts[counts.length - 1]++;
      return find(event);
    });
    let turn = setImmediate(function next() {
      counts.push(0);
      turn = setImmediate(next);
    });
    cleanUpAfterTest(() => {
      stub.restore();
      clearImmediate(turn);
    });
    for (let i = 0; i < MAX_EVENTS; i++) socket.emitJson('on-sync', '0');
    await socket.allAcked();
    expect(stub.callCount).to.equal(MAX_EVENTS);
    expect(Math.max(...counts)).to.be.belowOrEqual(2);
    socket.close();
  });

  it('leaves the one alone that acks as often', async () => {
    const socket = await admitted();
    for (let i = 0; i < 2 * MAX_EVENTS; i++) socket.text('43[0]');
    socket.emitJson('nope', '0');
    await socket.allAcked();
    expect(socket.isClosed).to.be.false();
    socket.close();
  });

  it('refuses a connection whose tokens are bad, and takes a good one', async () => {
    const socket = open();
    for (let i = 1; i < MAX_CONNECTS; i++) socket.text('40{"token":"x"}');
    await socket.until(() => socket.admission === 'refused');
    const token = await givenToken(givenUserId('eve'));
    socket.text(`40${JSON.stringify({token})}`);
    await socket.until(() => socket.admission === 'let in');
    expect(socket.admission).to.equal('let in');
    socket.close();
  });

  it('ends the connection that goes on trying', async () => {
    const socket = open();
    for (let i = 0; i <= MAX_CONNECTS; i++) socket.text('40{"token":"x"}');
    await socket.until(() => false);
    expect(socket.isClosed).to.be.true();
    expect(socket.admission).to.not.equal('let in');
  });

  context('by polling', () => {
    let session: string;

    beforeEach(async () => {
      session = await openPolling(chat().url);
    });

    const post = (packets: readonly string[]) => postPackets(session, packets);

    it('ends the connection whose one request connects too often', async () => {
      expect((await post(Array(4000).fill('40'))).status).to.equal(200);
      const answers = await (await fetch(session)).text();
      const count = answers.split('\x1e').length;
      expect(count).to.be.within(2, MAX_CONNECTS + 1);
      expect((await fetch(session)).status).to.equal(400);
    });

    it('takes as many packets as a client may mean in one request', async () => {
      const token = await givenToken(givenUserId('eve'));
      const pongs = Array(4095).fill('3');
      await post([`40${JSON.stringify({token})}`, ...pongs]);
      expect(await (await fetch(session)).text()).to.match(/40\{"sid"/);
    });

    for (const packet of ['', '3', '40']) {
      it(`takes none of a request with more, each "${packet}"`, async () => {
        const token = await givenToken(givenUserId('eve'));
        const rest = Array(80_000).fill(packet);
        await post([`40${JSON.stringify({token})}`, ...rest]);
        const answer = await fetch(session);
        expect(await answer.text()).to.not.match(/40\{/);
        expect((await fetch(session)).status).to.equal(400);
      });
    }
  });
});

describe('Connections of a user who is refused all the time', () => {
  /** What may be refused at once, and how long each more has the next wait. */
  const REFUSALS = 200;
  const WAIT_MS = 20;
  const MORE = 20;
  let chat: ChatApp;

  beforeEach(async () => {
    // Nothing more may be refused before the test ends, however long it takes.
    givenStoppedClock();
    chat = await givenChatApp({store: ANY_STORE});
  });

  it('are read later, in order, and nothing is lost', async () => {
    const socket = await admittedTo(chat);
    const startedAt = performance.now();
    for (let i = 0; i < REFUSALS + MORE; i++) socket.emitJson('nope', '0');
    socket.emitJson('on-sync', '0');
    await socket.allAcked();
    const waitedMs = performance.now() - startedAt;
    expect(waitedMs).to.be.above((MORE - 2) * WAIT_MS);
    expect(socket.problems).to.eql([]);
    expect(socket.acks).to.have.length(REFUSALS + MORE + 1);
    expect(socket.acks.at(-1)).to.have.property('statusCode', 400);
    socket.close();
  });

  it('are all read later, and nobody else’s', async () => {
    const eve = givenUserId('eve');
    const one = await admittedTo(chat, eve);
    const other = await admittedTo(chat, eve);
    const ann = await chat.device(givenUserId('ann'));
    for (let i = 0; i < REFUSALS; i++) one.emitJson('nope', '0');
    await one.allAcked();
    const startedAt = performance.now();
    for (let i = 0; i < MORE; i++) other.emitJson('nope', '0');
    // They go out before anything of the other comes in but the first.
    const message = givenMessage({receiver: givenUserId('bob')});
    expect((await ann.send(message)).statusCode).to.equal(200);
    const annWaited = performance.now() - startedAt;
    await other.allAcked();
    const otherWaited = performance.now() - startedAt;
    expect(otherWaited).to.be.above((MORE - 2) * WAIT_MS);
    expect(annWaited).to.be.below(otherWaited);
    for (const socket of [one, other]) socket.close();
  });

  it('are ended by polling, where reading cannot stop', async () => {
    const session = await openPolling(chat.url);
    const post = (packets: readonly string[]) => postPackets(session, packets);
    const token = await givenToken(givenUserId('eve'));
    await post([`40${JSON.stringify({token})}`]);
    const many = Array(4000).fill('42["nope"]');
    expect((await post(many)).status).to.equal(200);
    let status = 200;
    // A turn takes one event of them, so that it is some requests until it is too much.
    while (status === 200) {
      // The request itself may be cut off with the connection.
      status = (await post(many).catch(() => ({status}))).status;
    }
    expect(status).to.equal(400);
  });
});

describe('Connections of one user, one after the other', () => {
  /** Ten times what may be there at once. */
  const BURST = 10 * DEFAULTS.realtime.maxConnectionsPerUser;

  it('are let in up to a limit, then refused for a while', async () => {
    const clock = givenStoppedClock();
    const chat = await givenChatApp({store: ANY_STORE});
    const eve = givenUserId('eve');
    for (let i = 0; i < BURST; i++) {
      const socket = await admittedTo(chat, eve);
      expect(socket.admission).to.equal('let in');
      socket.close();
    }
    expect((await admittedTo(chat, eve)).admission).to.equal('refused');
    expect((await admittedTo(chat)).admission).to.equal('let in');
    clock.tick(1000);
    expect((await admittedTo(chat, eve)).admission).to.equal('let in');
  });
});
