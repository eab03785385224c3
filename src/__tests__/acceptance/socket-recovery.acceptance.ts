import {expect} from '@loopback/testlab';
import {once} from 'events';
import type {Socket} from 'socket.io-client';
import {ChatServiceBindings} from '../../keys';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  connect,
  Device,
  givenClient,
  givenMessage,
  refusal,
} from '../fixtures/device';
import {givenToken, givenUserId} from '../fixtures/token';

/** Breaks the connection as a network does, without a word. */
async function breakOff({socket}: Device): Promise<void> {
  const ended = once(socket as never, 'disconnect');
  socket.io.engine.close();
  await ended;
}

describe('Recovery of connections', () => {
  // An event that asks for an ack leaves socket.io's client without its offset.
  const chat = givenChatAppOfSuite({config: {realtime: {maxAckedMembers: 0}}});
  let ann: string;
  let bob: string;
  let anns: Device;
  let bobs: Device;
  let bobsSocket: Socket;

  beforeEach(async () => {
    [ann, bob] = ['ann', 'bob'].map(givenUserId);
    anns = await chat().device(ann);
    bobsSocket = givenClient(chat().url, {
      auth: {token: await givenToken(bob)},
    });
    bobs = await connect(bobsSocket);
    await say('Before');
  });

  async function tell(text: string) {
    const message = givenMessage({receiver: bob, text});
    expect((await anns.send(message)).statusCode).to.equal(200);
    return message;
  }

  async function say(text: string) {
    await bobs.receive((await tell(text)).id);
  }

  async function comeBack(): Promise<void> {
    const connected = once(bobsSocket as never, 'connect');
    bobsSocket.connect();
    await connected;
  }

  it('brings what was missed, once and in order', async () => {
    await breakOff(bobs);
    await tell('One');
    const last = await tell('Two');
    await comeBack();
    expect(bobsSocket.recovered).to.be.true();
    await bobs.receive(last.id);
    await say('Three');
    const texts = bobs.received.map(({text}) => text);
    expect(texts).to.eql(['Before', 'One', 'Two', 'Three']);
  });

  it('brings nothing of a group that was left meanwhile', async () => {
    const groups = await chat().app.get(ChatServiceBindings.GroupService);
    const roster = await chat().app.get(ChatServiceBindings.GroupMemberService);
    const owner = {id: ann, permissions: []};
    const {id} = await groups.create(owner, {name: 'Two', members: [bob]});
    const sent = givenMessage({session: 2, receiver: id, text: 'Welcome'});
    await anns.send(sent);
    await bobs.receive(sent.id);
    await breakOff(bobs);
    await anns.send({
      ...givenMessage(),
      session: 2,
      receiver: id,
      text: 'Both',
    });
    await roster.remove(owner, id, bob);
    await anns.send({
      ...givenMessage(),
      session: 2,
      receiver: id,
      text: 'Mine',
    });
    await comeBack();
    await say('After');
    const texts = bobs.received.map(({text}) => text);
    expect(texts).to.containEql('After');
    expect(texts).to.not.containEql('Both');
    expect(texts).to.not.containEql('Mine');
  });

  it('gives a connection to nobody else', async () => {
    await breakOff(bobs);
    await tell('Secret');
    const eve = givenUserId('eve');
    bobsSocket.auth = {token: await givenToken(eve)};
    expect((await refusal(bobsSocket)).data).to.containEql({statusCode: 401});
    expect(bobs.received.map(({text}) => text)).to.eql(['Before']);
  });

  it('gives a connection to nobody without a valid token', async () => {
    await breakOff(bobs);
    await tell('Secret');
    bobsSocket.auth = {token: await givenToken(bob, {expiresAt: '60s ago'})};
    expect((await refusal(bobsSocket)).data).to.containEql({statusCode: 401});
    expect(bobs.received.map(({text}) => text)).to.eql(['Before']);
  });

  it('starts anew with an offset that is made up', async () => {
    const {auth} = bobsSocket;
    const stranger = givenClient(chat().url, {
      auth: {...auth, pid: 'made up', offset: '__proto__'},
    });
    const device = await connect(stranger);
    expect(device.socket.recovered).to.be.false();
  });
});
