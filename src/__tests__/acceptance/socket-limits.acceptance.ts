import {expect, sinon} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {once} from 'events';
import {setTimeout} from 'timers/promises';
import {ChatInternalBindings} from '../../keys';
import {ChatEvent, FRAMES} from '../../protocol';
import type {ReceiptStore} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  connect,
  givenClient,
  givenMessage,
  refusal,
  type Device,
} from '../fixtures/device';
import {givenToken, givenUserId} from '../fixtures/token';

const BURST = 5;

describe('Limits of sockets', () => {
  const chat = givenChatAppOfSuite({
    config: {
      realtime: {
        ...{sendBurst: BURST, sendsPerSecond: 1, maxConnectionsPerUser: 3},
        ...{typingPerSecond: 2, expiryNoticeMs: 60_000},
      },
    },
  });
  let ann: string;
  let bob: string;

  beforeEach(() => {
    [ann, bob] = ['ann', 'bob'].map(givenUserId);
  });

  const send = (device: Device, receiver: string) =>
    device.send(givenMessage({receiver}));

  it('answers 429 to a flood, and when to try again', async () => {
    const device = await chat().device(ann);
    const acks = await Promise.all(
      Array.from({length: 3 * BURST}, () => send(device, bob)),
    );
    const codes = acks.map(({statusCode}) => statusCode);
    expect(codes.filter(code => code === 200)).to.have.length(BURST);
    const refused = acks.find(({statusCode}) => statusCode === 429);
    expect(refused?.code).to.equal('CHAT_RATE_LIMITED');
    expect(refused?.retryAfterMs).to.be.within(1, 1000);
  });

  it('counts all devices of a user together, and no other user', async () => {
    const devices = [await chat().device(ann), await chat().device(ann)];
    const acks = await Promise.all(
      Array.from({length: 2 * BURST}, (_, i) => send(devices[i % 2], bob)),
    );
    const accepted = acks.filter(({statusCode}) => statusCode === 200);
    expect(accepted).to.have.length(BURST);
    const ack = await send(await chat().device(bob), ann);
    expect(ack.statusCode).to.equal(200);
  });

  it('passes on no more typing than allowed', async () => {
    const device = await chat().device(ann);
    const {channelId} = await send(device, bob);
    const frame = FRAMES.Typing.encode({channelId, typing: true});
    const acks = await Promise.all(
      Array.from({length: 4}, () => device.emit(ChatEvent.Typing, frame)),
    );
    const codes = acks.map(({statusCode}) => statusCode);
    expect(codes).to.eql([200, 200, 429, 429]);
  });

  it('has few reads of a user at the database at once, and answers all', async () => {
    const device = await chat().device(ann);
    const {channelId} = await send(device, bob);
    const {app} = chat();
    const store = await app.get<ReceiptStore>(
      ChatInternalBindings.ReceiptStore,
    );
    let [running, most] = [0, 0];
    const move = sinon.stub(store, 'move').callsFake(async (...args) => {
      most = Math.max(most, ++running);
      await setTimeout(2);
      running--;
      return move.wrappedMethod.apply(store, args);
    });
    try {
      const frame = FRAMES.Cursor.encode({channelId, seq: 1});
      const reads = Array.from({length: 40}, () =>
        device.emit(ChatEvent.MessageRead, frame),
      );
      // Another user's does not wait for them.
      const other = await chat().device(bob);
      expect(await send(other, ann)).to.containEql({statusCode: 200});
      for (const {statusCode} of await Promise.all(reads)) {
        expect(statusCode).to.equal(200);
      }
    } finally {
      move.restore();
    }
    expect(most).to.be.within(2, 4);
  });

  it('refuses one connection more than allowed, until one ends', async () => {
    const devices = [];
    for (let i = 0; i < 3; i++) devices.push(await chat().device(ann));
    const auth = {token: await givenToken(ann)};
    const refused = await refusal(givenClient(chat().url, {auth}));
    expect(refused.data).to.eql({
      statusCode: 429,
      code: 'CHAT_RATE_LIMITED',
    });
    devices[0].socket.close();
    // The server hears of the end after it has answered what came before.
    await devices[1].emit(ChatEvent.Sync, FRAMES.SyncRequest.encode({}));
    expect(
      (await connect(givenClient(chat().url, {auth}))).socket.connected,
    ).to.be.true();
  });
});

describe('Tokens of connections', () => {
  const chat = givenChatAppOfSuite({
    config: {realtime: {expiryNoticeMs: 1500}},
  });

  it('tells that the token expires, and ends the connection', async () => {
    const device = await chat().device(givenUserId('ann'), {expiresAt: '2s'});
    const [notice] = await once(device.socket as never, ChatEvent.Auth);
    expect(notice).to.containEql({reason: 'expiring'});
    await device.ended();
  });

  it('goes on with a new token of the same user', async () => {
    const ann = givenUserId('ann');
    const device = await chat().device(ann, {expiresAt: '2s'});
    await once(device.socket as never, ChatEvent.Auth);
    const ack = await device.emit(ChatEvent.Auth, {
      token: await givenToken(ann),
    });
    expect(ack.statusCode).to.equal(200);
    expect(ack.expiresAt).to.be.above(Date.now() + 60_000);
    const sent = await device.send(givenMessage({receiver: givenUserId('b')}));
    expect(sent.statusCode).to.equal(200);
  });

  it('tells it once of the same end, whatever token is shown', async () => {
    const ann = givenUserId('ann');
    const expiresAt = Math.floor(Date.now() / 1000) + 2;
    const device = await chat().device(ann, {expiresAt});
    let notices = 0;
    device.socket.on(ChatEvent.Auth as never, (() => notices++) as never);
    await once(device.socket as never, ChatEvent.Auth);
    for (let i = 0; i < 3; i++) {
      const token = await givenToken(ann, {expiresAt});
      await device.emit(ChatEvent.Auth, {token});
    }
    await device.ended();
    expect(notices).to.equal(1);
  });

  it("refuses another user's token, and rubbish", async () => {
    const device = await chat().device(givenUserId('ann'));
    const renew = (payload: unknown) => device.emit(ChatEvent.Auth, payload);
    const others = await givenToken(givenUserId('eve'));
    expect((await renew({token: others})).statusCode).to.equal(403);
    expect((await renew({token: randomUUID()})).statusCode).to.equal(401);
    expect((await renew({token: {}})).statusCode).to.equal(401);
    expect((await renew('token')).statusCode).to.equal(400);
    expect((await renew(null)).statusCode).to.equal(400);
    expect(device.socket.connected).to.be.true();
  });

  it('takes notifications away alone, where the new token has only these not', async () => {
    const [ann, bob] = ['ann', 'bob'].map(givenUserId);
    const device = await chat().device(ann);
    const told: unknown[] = [];
    device.socket.on(ChatEvent.Notify, bytes => told.push(bytes));
    const claims = {permissions: ['ViewMessage']};
    const token = await givenToken(ann, {claims});
    expect((await device.emit(ChatEvent.Auth, {token})).statusCode).to.equal(
      200,
    );
    const http = await chat().http(bob);
    const {status} = await http.post('/contact-requests', {userId: ann});
    expect(status).to.equal(200);
    const bobs = await chat().device(bob);
    const message = givenMessage({receiver: ann});
    await bobs.send(message);
    await device.receive(message.id);
    expect(told).to.be.empty();
  });

  it('takes away what the new token does not allow', async () => {
    const ann = givenUserId('ann');
    const bob = givenUserId('bob');
    const [device, bobs] = [await chat().device(ann), await chat().device(bob)];
    const claims = {permissions: ['CreateMessage']};
    const token = await givenToken(ann, {claims});
    expect((await device.emit(ChatEvent.Auth, {token})).statusCode).to.equal(
      200,
    );
    await bobs.send(givenMessage({receiver: ann}));
    const sync = await device.emit(
      ChatEvent.Sync,
      FRAMES.SyncRequest.encode({}),
    );
    expect(sync.statusCode).to.equal(403);
    expect(device.received).to.be.empty();
  });
});
