import {expect, sinon} from '@loopback/testlab';
import {once, type EventEmitter} from 'events';
import {connect} from 'net';
import {ChatError} from '../../errors';
import type {MembershipService} from '../../services';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {givenChatClient} from '../fixtures/chat-client';
import {givenStoppedClock} from '../fixtures/clock';
import {givenMessage, refusal, givenClient} from '../fixtures/device';
import {openPolling, pollingUrl, postPackets} from '../fixtures/polling';
import {ANY_STORE} from '../fixtures/stores';
import {givenToken, givenUserId} from '../fixtures/token';
import {HostileSocket, upgradeText} from '../fuzz/hostile-socket';

const BURST = 5;
const LIMITS = {failedHandshakesPerSecond: 1, failedHandshakeBurst: BURST};

describe('Connections that nobody is let in with', () => {
  let chat: ChatApp;
  let clock: sinon.SinonFakeTimers;

  // Nobody may come in again before the test says so, however long it takes.
  beforeEach(() => {
    clock = givenStoppedClock();
  });

  async function givenChat(trustProxy: unknown = false): Promise<void> {
    chat = await givenChatApp({
      store: ANY_STORE,
      config: {realtime: LIMITS},
      before: app =>
        Object.assign(app.restServer.config, {
          expressSettings: {'trust proxy': trustProxy},
        }),
    });
  }

  async function fail(packet = '40{"token":"x"}'): Promise<HostileSocket> {
    const socket = new HostileSocket(chat.address);
    socket.text(packet);
    await socket.until(() => !!socket.admission);
    return socket;
  }

  async function failOften(times = BURST): Promise<void> {
    for (let i = 0; i < times; i++) (await fail()).close();
  }

  const poll = (headers: Record<string, string> = {}) =>
    fetch(pollingUrl(chat.url), {headers});
  const open = () => openPolling(chat.url);

  /** How an upgrade is answered, as bytes. */
  function upgrade(query?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(chat.address);
      let text = '';
      socket.on('data', chunk => {
        text += chunk;
        if (text.includes('\r\n\r\n')) socket.destroy();
      });
      socket.once('error', reject);
      socket.once('close', () => resolve(text));
      socket.write(upgradeText(query));
    });
  }

  it('are refused with 401 up to the limit, then turned away with 429', async () => {
    await givenChat();
    for (let i = 0; i < BURST; i++) {
      const socket = await fail();
      expect(socket.admission).to.equal('refused');
      expect(socket.problems).to.eql([]);
      socket.close();
    }
    const answer = await upgrade();
    expect(answer).to.match(/^HTTP\/1\.1 429 .*\r\nRetry-After: \d+\r\n/);
    expect(answer).to.match(/\r\n\r\n$/);
    const polled = await poll();
    expect(polled.status).to.equal(429);
    expect(Number(polled.headers.get('retry-after'))).to.be.above(0);
    expect(await polled.text()).to.equal('');
  });

  it('turn away a good token too, and let it in when the time is over', async () => {
    await givenChat();
    await failOften();
    const token = await givenToken(givenUserId('ann'));
    const err = await refusal(givenClient(chat.url, {auth: {token}}));
    expect(err.data).to.be.undefined();
    clock.tick(1000);
    const ann = await chat.device(givenUserId('ann'));
    const sent = await ann.send(givenMessage({receiver: givenUserId('bob')}));
    expect(sent.statusCode).to.equal(200);
  });

  it('have our client try again until it is let in', async () => {
    await givenChat();
    await failOften();
    const ann = givenUserId('ann');
    const token = await givenToken(ann);
    const client = givenChatClient(chat.url, ann, {token});
    const server = chat.app.restServer.httpServer?.server as EventEmitter;
    for (let tries = 0; tries < 3; tries++) await once(server, 'upgrade');
    expect(client.states).to.not.containEql('online');
    clock.tick(1000);
    await client.until(() => client.states.includes('online'));
    expect(client.errors).to.eql([]);
  });

  it('leave those alone that are connected, their answers and REST', async () => {
    await givenChat();
    const ann = await chat.device(givenUserId('ann'));
    const session = await open();
    await failOften();
    expect((await upgrade()).slice(0, 12)).to.equal('HTTP/1.1 429');
    const sent = await ann.send(givenMessage({receiver: givenUserId('bob')}));
    expect(sent.statusCode).to.equal(200);
    expect((await postPackets(session, ['3'])).status).to.equal(200);
    const http = await chat.http(givenUserId('ann'));
    expect((await http.get('/messages')).status).to.equal(200);
  });

  it('are not those of users let in, however many', async () => {
    await givenChat();
    for (let i = 0; i < 3 * BURST; i++) {
      const device = await chat.device(givenUserId('ann'));
      device.socket.disconnect();
    }
    await failOften(BURST - 1);
    expect((await fail()).admission).to.equal('refused');
  });

  it('count once, however many tokens each of them tries', async () => {
    await givenChat();
    const socket = await fail();
    for (let i = 0; i < BURST; i++) socket.text('40{"token":"x"}');
    await failOften(BURST - 2);
    expect((await fail()).admission).to.equal('refused');
    expect((await upgrade()).slice(0, 12)).to.equal('HTTP/1.1 429');
    socket.close();
  });

  it('count too when they end without a word', async () => {
    await givenChat();
    for (let i = 0; i < BURST; i++) {
      await postPackets(await open(), ['1']);
    }
    expect((await upgrade()).slice(0, 12)).to.equal('HTTP/1.1 429');
  });

  it('are turned away too when they reset, whenever they do', async () => {
    await givenChat();
    await failOften();
    const resets = Array.from({length: 50}, async (_, i) => {
      const socket = connect(chat.address).on('error', () => undefined);
      const closed = new Promise(resolve => socket.once('close', resolve));
      socket.write(upgradeText());
      // At once, in the next turns, or after the answer.
      if (i % 3 > 0) await once(socket, 'connect');
      if (i % 3 > 1) await once(socket, 'data');
      socket.resetAndDestroy();
      await closed;
    });
    await Promise.all(resets);
    expect((await upgrade()).slice(0, 12)).to.equal('HTTP/1.1 429');
  });

  it('count for where they come from, as trusted proxies say', async () => {
    await givenChat('loopback');
    const from = (network: string) => poll({'X-Forwarded-For': network});
    await failOften();
    expect((await upgrade()).slice(0, 12)).to.equal('HTTP/1.1 429');
    expect((await from('192.0.2.7')).status).to.equal(200);
  });

  it('count for the connection, whatever a client claims', async () => {
    await givenChat();
    await failOften();
    const answer = await poll({'X-Forwarded-For': '192.0.2.7'});
    expect(answer.status).to.equal(429);
  });

  it('let nobody in, many at once', async () => {
    await givenChat();
    const tries = Array.from({length: 3 * BURST}, () => fail());
    const sockets = await Promise.all(tries);
    expect(sockets.filter(each => each.admission === 'let in')).to.eql([]);
    expect(sockets.flatMap(each => each.problems)).to.eql([]);
    expect((await upgrade()).slice(0, 12)).to.equal('HTTP/1.1 429');
    for (const socket of sockets) socket.close();
  });

  it('do not have their token looked at once too many came', async () => {
    await givenChat();
    const sessions = [];
    for (let i = 0; i <= BURST; i++) sessions.push(await open());
    for (const session of sessions) {
      await postPackets(session, ['40{"token":"x"}']);
    }
    const answers = [];
    for (const session of sessions) {
      answers.push(await (await fetch(session)).text());
    }
    expect(answers.pop()).to.match(/"statusCode":429/);
    for (const answer of answers) expect(answer).to.match(/"statusCode":401/);
    // What was too much has to be waited for.
    expect(await upgrade()).to.match(/Retry-After: 2\r\n/);
  });

  it('count where the upgrade can become no connection', async () => {
    await givenChat();
    for (let i = 0; i < BURST; i++) await upgrade('EIO=4&transport=polling');
    expect((await upgrade()).slice(0, 12)).to.equal('HTTP/1.1 429');
  });

  it('count for upgrades of what was upgraded before', async () => {
    await givenChat();
    const sid = new URL(await open()).searchParams.get('sid');
    const query = `EIO=4&transport=websocket&sid=${sid}`;
    const first = new HostileSocket(chat.address, query);
    first.text('2probe');
    first.text('5');
    first.text('40{"token":"x"}');
    await first.until(() => !!first.admission);
    for (let i = 1; i < BURST; i++) await upgrade(query);
    expect((await upgrade(query)).slice(0, 12)).to.equal('HTTP/1.1 429');
    first.close();
  });

  it('do not count where it is the server that cannot let in', async () => {
    await givenChat();
    const memberships = await chat.app.get<MembershipService>(
      'chat.membershipService',
    );
    sinon
      .stub(memberships, 'sharedChannelIds')
      .rejects(new ChatError('CHAT_UNAVAILABLE'));
    const token = await givenToken(givenUserId('ann'));
    for (let i = 0; i <= BURST; i++) {
      const socket = await fail(`40${JSON.stringify({token})}`);
      expect(socket.admission).to.equal('refused');
      socket.close();
    }
    expect((await poll()).status).to.equal(200);
  });

  it('are told of in the log, once', async () => {
    await givenChat();
    await failOften();
    for (let i = 0; i < 3; i++) await upgrade();
    const [line, ...more] = chat.logger.lines;
    expect(JSON.stringify(line)).to.match(/turned away.*127\.0\.0\.1/);
    expect(more).to.eql([]);
  });
});
