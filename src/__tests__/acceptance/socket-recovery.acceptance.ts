import {expect, sinon} from '@loopback/testlab';
import {once} from 'events';
import type {Socket} from 'socket.io-client';
import type {Duplex} from 'stream';
import {ChatServiceBindings} from '../../keys';
import {ChatEvent} from '../../protocol';
import type {
  GroupMemberService,
  GroupService,
  MembershipService,
} from '../../services';
import type {ChatUser} from '../../types';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
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

  context('with a group', () => {
    let groups: GroupService;
    let roster: GroupMemberService;
    let owner: ChatUser;
    let group: string;

    beforeEach(async () => {
      groups = await chat().app.get(ChatServiceBindings.GroupService);
      roster = await chat().app.get(ChatServiceBindings.GroupMemberService);
      owner = {id: ann, permissions: []};
      const {id} = await groups.create(owner, {name: 'Two', members: [bob]});
      group = id;
      await bobs.receive((await tellGroup('Welcome')).id);
    });

    async function tellGroup(text: string) {
      const message = givenMessage({session: 2, receiver: group, text});
      expect((await anns.send(message)).statusCode).to.equal(200);
      return message;
    }

    /** Deaf, like one whose network is gone, which the server does not know yet. */
    function deafen(): Duplex {
      const {transport} = bobsSocket.io.engine as unknown as {
        transport: {ws: {_socket: Duplex}};
      };
      return transport.ws._socket.pause();
    }

    it('brings what was missed of it', async () => {
      await breakOff(bobs);
      const {id} = await tellGroup('Both');
      await comeBack();
      expect(bobsSocket.recovered).to.be.true();
      await bobs.receive(id);
    });

    it('brings nothing of one that was left meanwhile', async () => {
      await breakOff(bobs);
      await tellGroup('Both');
      await roster.remove(owner, group, bob);
      await tellGroup('Mine');
      await comeBack();
      await say('After');
      const texts = bobs.received.map(({text}) => text);
      expect(texts).to.containDeep(['Before', 'Welcome', 'After']);
      for (const text of ['Both', 'Mine'])
        expect(texts).to.not.containEql(text);
    });

    it('begins anew for one who was removed meanwhile', async () => {
      await breakOff(bobs);
      await roster.remove(owner, group, bob);
      await comeBack();
      expect(bobsSocket.recovered).to.be.false();
    });

    it('begins anew where a group was deleted meanwhile', async () => {
      await breakOff(bobs);
      await groups.delete(owner, group);
      await comeBack();
      expect(bobsSocket.recovered).to.be.false();
    });

    it('begins anew for one who came back to it meanwhile', async () => {
      await breakOff(bobs);
      await roster.remove(owner, group, bob);
      await tellGroup('Mine');
      await roster.add(owner, group, [bob]);
      await comeBack();
      expect(bobsSocket.recovered).to.be.false();
      await say('After');
      expect(bobs.received.map(({text}) => text)).to.not.containEql('Mine');
    });

    it('begins anew for one removed before the break was seen', async () => {
      const line = deafen();
      await roster.remove(owner, group, bob);
      line.destroy();
      await breakOff(bobs);
      await comeBack();
      expect(bobsSocket.recovered).to.be.false();
    });

    it('takes up again one who was told of the removal', async () => {
      const told = once(bobsSocket as never, ChatEvent.Channel);
      await roster.remove(owner, group, bob);
      await told;
      await breakOff(bobs);
      await comeBack();
      expect(bobsSocket.recovered).to.be.true();
    });

    it('ends the connection of one removed while it is taken up', async () => {
      await breakOff(bobs);
      const memberships = await chat().app.get<MembershipService>(
        'chat.membershipService',
      );
      const original = memberships.sharedChannelIds.bind(memberships);
      const stub = sinon.stub(memberships, 'sharedChannelIds');
      cleanUpAfterTest(() => stub.restore());
      stub.callsFake(async user => {
        const ids = await original(user);
        stub.restore();
        await roster.remove(owner, group, bob);
        return ids;
      });
      const ended = once(bobsSocket as never, 'disconnect');
      await comeBack();
      await ended;
      await comeBack();
      expect(bobsSocket.recovered).to.be.false();
    });
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
