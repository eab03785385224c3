import {expect, sinon} from '@loopback/testlab';
import type {Group, MembershipService} from '../../services';
import {MessageSession, MessageType, type WireMessage} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenMessage, type Device} from '../fixtures/device';
import {givenGroup, givenUser, type GivenUser} from '../fixtures/group';
import type {RestMessage} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Groups on sockets', store => {
  const chat = givenChatAppOfSuite({store});

  /** Resolves when the device was told of all that was sent before. */
  async function fence(from: GivenUser, to: GivenUser, device: Device) {
    const draft = {toUserId: to.id, body: 'Fence'};
    const {body} = await from.http.post('/messages', draft);
    await device.receive(body.id);
  }

  async function say({http}: GivenUser, {id}: {id: string}, body: string) {
    const draft = {channelId: id, body};
    const {body: message} = await http.post<RestMessage>('/messages', draft);
    return message;
  }

  /** What a device was told in groups, in order. */
  const texts = ({received}: Device) =>
    received
      .filter(({session}) => session === MessageSession.GROUP)
      .map(({type, text}) => (type === MessageType.TEXT ? text : 'NOTE'));

  it('tell the first members from the first message on', async () => {
    const owner = await givenUser(chat(), 'owner');
    const member = await givenUser(chat(), 'member');
    const device = await chat().device(member.id);
    const draft = {name: 'Hiking', members: [member.id]};
    const {body} = await owner.http.post<Group>('/groups', draft);
    const message = await say(owner, body, 'Welcome');
    const frame = await device.receive(message.id);
    expect(frame).to.containEql({
      ...{session: MessageSession.GROUP, receiver: body.id, seq: 2},
    });
    expect(texts(device)).to.deepEqual(['NOTE', 'Welcome']);
  });

  it('tell who is added of the next message, and who was there too', async () => {
    const group = await givenGroup(chat());
    const {owner, member, stranger} = group;
    const [old, fresh] = await Promise.all(
      [member, stranger].map(({id}) => chat().device(id)),
    );
    await say(owner, group, 'Before');
    const path = `${group.path}/members`;
    await owner.http.post(path, {members: [stranger.id]});
    const {id} = await say(member, group, 'After');
    await Promise.all([old.receive(id), fresh.receive(id)]);
    expect(texts(fresh)).to.deepEqual(['NOTE', 'After']);
    expect(texts(old)).to.deepEqual(['Before', 'NOTE', 'After']);
    // And what the new member says by the same connection is heard.
    const frame: WireMessage = givenMessage({
      session: MessageSession.GROUP,
      receiver: group.id,
    });
    const ack = await fresh.send(frame);
    expect(ack).to.containEql({statusCode: 200, seq: 6});
    await old.receive(frame.id);
  });

  it('tell who is removed nothing any more, at once', async () => {
    const group = await givenGroup(chat());
    const {owner, admin, member} = group;
    const devices = await Promise.all(
      [member, member, admin].map(({id}) => chat().device(id)),
    );
    const [first, second, other] = devices;
    const removed = admin.http.delete(`${group.path}/members/${member.id}`);
    const sent = await Promise.all([
      removed.then(() => say(owner, group, 'After')),
      removed.then(() => say(admin, group, 'After')),
    ]);
    await Promise.all(sent.map(({id}) => other.receive(id)));
    for (const device of [first, second]) {
      await fence(owner, member, device);
      expect(texts(device)).to.deepEqual([]);
    }
    const frame = givenMessage({
      session: MessageSession.GROUP,
      receiver: group.id,
    });
    const ack = await first.send(frame);
    expect(ack).to.containEql({statusCode: 404, code: 'CHAT_NOT_FOUND'});
  });

  it('tell nobody of a message that was sent as the group was deleted', async () => {
    const group = await givenGroup(chat());
    const {owner, member} = group;
    const device = await chat().device(member.id);
    await owner.http.delete(group.path);
    const {statusCode} = await device.send(
      givenMessage({session: MessageSession.GROUP, receiver: group.id}),
    );
    expect(statusCode).to.equal(404);
    await fence(owner, member, device);
    expect(texts(device)).to.deepEqual([]);
  });

  context('when the members change while a connection is made', () => {
    /** Runs `meanwhile` after the user's channels were read, before they are used. */
    async function connectingWhile(
      user: GivenUser,
      meanwhile: () => Promise<unknown>,
    ): Promise<Device> {
      const memberships = await chat().app.get<MembershipService>(
        'chat.membershipService',
      );
      const read = memberships.sharedChannelIds.bind(memberships);
      const stub = sinon.stub(memberships, 'sharedChannelIds');
      cleanUpAfterTest(() => stub.restore());
      stub.callsFake(async asking => {
        const ids = await read(asking);
        if (asking.id === user.id) await meanwhile();
        return ids;
      });
      return chat().device(user.id);
    }

    it('tells who is removed nothing', async () => {
      const group = await givenGroup(chat());
      const {owner, member} = group;
      const device = await connectingWhile(member, () =>
        owner.http.delete(`${group.path}/members/${member.id}`),
      );
      await say(owner, group, 'Secret');
      await fence(owner, member, device);
      expect(texts(device)).to.deepEqual([]);
    });

    it('tells the former members of a deleted group nothing', async () => {
      const group = await givenGroup(chat());
      const {owner, member} = group;
      const device = await connectingWhile(member, () =>
        owner.http.delete(group.path),
      );
      await fence(owner, member, device);
      expect(texts(device)).to.deepEqual([]);
    });

    it('tells who is added', async () => {
      const group = await givenGroup(chat());
      const {owner, stranger} = group;
      const members = [stranger.id];
      const device = await connectingWhile(stranger, () =>
        owner.http.post(`${group.path}/members`, {members}),
      );
      const {id} = await say(owner, group, 'Welcome');
      await device.receive(id);
    });

    it('tells who is removed and added again', async () => {
      const group = await givenGroup(chat());
      const {owner, member} = group;
      const path = `${group.path}/members`;
      const device = await connectingWhile(member, async () => {
        await owner.http.delete(`${path}/${member.id}`);
        await owner.http.post(path, {members: [member.id]});
      });
      const {id} = await say(owner, group, 'Welcome back');
      await device.receive(id);
    });
  });
});
