import {expect} from '@loopback/testlab';
import {EventEmitter, once} from 'events';
import {ChatEvent, FRAMES, MessageSession} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage, ORDINARY_TEXT, type Device} from '../fixtures/device';
import {givenGroup} from '../fixtures/group';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const COUNT = 10;

/** Acks what it is asked to; counts how often that is. */
function acking(device: Device) {
  const asked = {count: 0};
  device.socket.on(ChatEvent.MessageText, (...args: unknown[]) => {
    const ack = args[args.length - 1];
    if (typeof ack !== 'function') return;
    asked.count++;
    ack({statusCode: 200});
  });
  return asked;
}

describeOverStores('Fan-out', store => {
  const chat = givenChatAppOfSuite({store});

  /** A group with so many members besides its owner, all of them connected. */
  async function givenCrowd(size: number) {
    const others = Array.from({length: size}, (_, n) => givenUserId(`m${n}`));
    const group = await givenGroup(chat(), {members: others.slice(2)});
    const ids = [group.admin.id, group.member.id, ...others.slice(2)];
    const author = await chat().device(group.owner.id);
    const devices = await Promise.all(ids.map(id => chat().device(id)));
    return {groupId: group.id, ids, author, devices};
  }

  /** Sends messages at once; resolves with the number of the last one. */
  async function sendAll({author, groupId}: {author: Device; groupId: string}) {
    const session = MessageSession.GROUP;
    const messages = Array.from({length: COUNT}, () =>
      givenMessage({session, receiver: groupId}),
    );
    const acks = await Promise.all(messages.map(each => author.send(each)));
    return {messages, last: Math.max(...acks.map(({seq}) => Number(seq)))};
  }

  /** Listens to who has received what, as the author is told. */
  function givenReceipts({author, ids}: {author: Device; ids: string[]}) {
    const reached = new Map<string, number>();
    const told = new EventEmitter();
    author.socket.on(ChatEvent.MessageReceived, (bytes: Uint8Array) => {
      const {userId, seq} = FRAMES.Cursor.decode(new Uint8Array(bytes));
      reached.set(String(userId), Number(seq));
      told.emit('told');
    });
    return {
      until: async (seq: number) => {
        const isThere = (id: string) => (reached.get(id) ?? 0) >= seq;
        while (!ids.every(isThere)) await once(told, 'told');
      },
    };
  }

  it('brings all in order, and takes the acks of many', async () => {
    const crowd = await givenCrowd(20);
    const asked = crowd.devices.map(acking);
    const receipts = givenReceipts(crowd);
    const {messages, last} = await sendAll(crowd);
    await receipts.until(last);
    for (const device of crowd.devices) {
      const texts = device.received.filter(({text}) => text === ORDINARY_TEXT);
      expect(texts.map(({id}) => id)).to.eql(messages.map(({id}) => id));
    }
    for (const {count} of asked) expect(count).to.be.within(1, COUNT);
  });

  it('asks a few for an ack of each', async () => {
    const crowd = await givenCrowd(3);
    const asked = crowd.devices.map(acking);
    const {messages} = await sendAll(crowd);
    for (const device of crowd.devices) {
      await Promise.all(messages.map(({id}) => device.receive(id)));
    }
    expect(asked.map(({count}) => count)).to.eql(asked.map(() => COUNT));
  });

  it('tells who comes into a channel nothing of before', async () => {
    const crowd = await givenCrowd(3);
    const late = givenUserId('late');
    const device = await chat().device(late);
    const before = await sendAll(crowd);
    const http = await chat().http(crowd.ids[0]);
    const body = {members: [late]};
    await http.post(`/groups/${crowd.groupId}/members`, body);
    const after = await sendAll(crowd);
    const lastId = after.messages[COUNT - 1].id;
    await device.receive(lastId);
    const texts = device.received.filter(({text}) => text === ORDINARY_TEXT);
    expect(texts.map(({id}) => id)).to.eql(after.messages.map(({id}) => id));
    expect(before.messages).to.have.length(COUNT);
  });
});

describeOverStores(
  'The author of a message that another process took in',
  store => {
    const chat = givenChatAppOfSuite({store});
    const before = givenChatAppOfSuite({store});

    it('is told that it has arrived', async () => {
      const group = await givenGroup(before());
      const sender = await before().device(group.owner.id);
      const session = MessageSession.GROUP;
      const message = givenMessage({session, receiver: group.id});
      const {seq} = await sender.send(message);
      const author = await chat().device(group.owner.id);
      const member = await chat().device(group.member.id);
      const told = once(author.socket as never, ChatEvent.MessageReceived);
      const cursor = {channelId: group.id, seq: Number(seq)};
      const bytes = FRAMES.Cursor.encode(cursor);
      await member.emit(ChatEvent.MessageReceived, bytes);
      const [heard] = await told;
      expect(FRAMES.Cursor.decode(new Uint8Array(heard))).to.eql({
        ...{...cursor, userId: group.member.id},
      });
    });
  },
  SQL_STORES,
);
