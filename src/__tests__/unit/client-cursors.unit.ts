import {expect} from '@loopback/testlab';
import {ChatEvent, FRAMES} from '../../client';
import {givenChatClient, type RecordedClient} from '../fixtures/chat-client';
import type {FakeChannel} from '../fixtures/fake-channel';
import {
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';

describe('how far others have come', () => {
  let server: FakeChatServer;
  let group: FakeChannel;
  let bob: RecordedClient;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    group = server.channel('g', 'ann', 'bob', 'cid');
    for (const id of ['one', 'two', 'three']) group.add({id}, 'bob');
    group.cursors.set('ann', {receivedSeq: 1});
    bob = givenChatClient(server.url, 'bob', {history: 'all'});
    await bob.chat.online();
  });

  const told = () => bob.cursors;

  const memberOf = (userId: string) =>
    bob.chat.channels.get('g')?.members?.find(each => each.userId === userId);

  async function breakOf(meanwhile: () => void) {
    server.socketsOf('bob').forEach(socket => socket.disconnect(true));
    await bob.until(() => bob.chat.state === 'offline');
    meanwhile();
    await bob.chat.online();
  }

  it('is part of the channel from the start, and no event', () => {
    expect(memberOf('ann')).to.containEql({receivedSeq: 1});
    expect(told()).to.be.empty();
  });

  it('is told after a break, of whom it is another', async () => {
    await breakOf(() => {
      group.cursors.set('ann', {receivedSeq: 3, readSeq: 2});
    });
    const cursor = {channelId: 'g', userId: 'ann'};
    expect(told()).to.eql([
      ['received', {...cursor, seq: 3}],
      ['read', {...cursor, seq: 2}],
    ]);
    expect(memberOf('ann')).to.containEql({receivedSeq: 3, readSeq: 2});
    const updates = bob.told.filter(([event]) => event === 'channel');
    expect(updates).to.have.length(1);
    await breakOf(() => undefined);
    expect(told()).to.have.length(2);
  });

  it('is told after the messages that it is about', async () => {
    const events: string[] = [];
    for (const event of ['message', 'received', 'read'] as const) {
      bob.chat.on(event, () => events.push(event));
    }
    await breakOf(() => {
      group.add({id: 'four'}, 'bob');
      group.cursors.set('ann', {receivedSeq: 4, readSeq: 4});
    });
    expect(events).to.eql(['message', 'received', 'read']);
  });

  it('never moves back by an answer that is older', async () => {
    live(ChatEvent.MessageRead, 'ann', 3);
    await bob.until(() => told().length === 1);
    expect(memberOf('ann')).to.containEql({receivedSeq: 3, readSeq: 3});
    await breakOf(() => undefined);
    expect(told()).to.have.length(1);
    expect(memberOf('ann')).to.containEql({receivedSeq: 3, readSeq: 3});
  });

  it('stays where an answer leaves the members out', async () => {
    live(ChatEvent.MessageReceived, 'ann', 2);
    await bob.until(() => told().length === 1);
    await breakOf(() => {
      const view = {...group.view, members: undefined};
      Object.defineProperty(group, 'view', {value: view});
    });
    expect(memberOf('ann')).to.containEql({receivedSeq: 2});
    expect(bob.chat.channels.get('g')?.members).to.have.length(3);
    expect(told()).to.have.length(1);
  });

  it('is known of channels of which all was received before', async () => {
    group.receivedSeq = 3;
    const cid = givenChatClient(server.url, 'cid');
    await cid.chat.online();
    const members = cid.chat.channels.get('g')?.members;
    expect(members?.map(({userId}) => userId)).to.eql(['ann', 'bob', 'cid']);
  });

  it('is known of a channel that goes on while it is asked for', async () => {
    const late = server.channel('late', 'ann', 'bob');
    server.script(ChatEvent.Sync, (_frame, ack) => {
      const channels = [{channel: late.view, changeSeq: 1}];
      const data = FRAMES.SyncResponse.encode({channels});
      server.say(late, 'ann', {id: 'second', text: '2'});
      setTimeout(ack, 20, {statusCode: 200, data: Buffer.from(data)});
    });
    server.say(late, 'ann', {id: 'first', text: '1'});
    await bob.until(() => !!bob.chat.channels.get('late')?.members);
    const channel = bob.chat.channels.get('late');
    expect(channel).to.containEql({name: 'Name of late', messageSeq: 2});
    expect(channel?.members).to.have.length(2);
  });

  it('is not what it was where the server has another database', async () => {
    live(ChatEvent.MessageRead, 'ann', 3);
    await bob.until(() => told().length === 1);
    await breakOf(() => {
      group = server.channel('g', 'ann', 'bob');
      group.add({id: 'other'}, 'ann');
    });
    expect(memberOf('ann')?.readSeq ?? 0).to.equal(0);
    expect(bob.chat.channels.get('g')).to.containEql({messageSeq: 1});
  });

  it('leaves what the user has read meanwhile as it is', async () => {
    server.script(ChatEvent.Sync, (_frame, _ack, next) => {
      live(ChatEvent.MessageRead, 'bob', 3);
      setTimeout(next, 20);
    });
    await breakOf(() => undefined);
    const channel = bob.chat.channels.get('g');
    expect(channel).to.containEql({readSeq: 3, unread: 0});
  });

  it('is told of what the user has read by another device', async () => {
    await breakOf(() => {
      Object.defineProperty(group, 'view', {
        value: {...group.view, readSeq: 2},
      });
    });
    expect(told()).to.eql([['read', {channelId: 'g', userId: 'bob', seq: 2}]]);
  });

  it('tells a channel as updated when its members are others', async () => {
    await breakOf(() => group.members.pop());
    const updates = bob.told
      .filter(([event]) => event === 'channel')
      .map(([, update]) => (update as {kind: string}).kind);
    expect(updates).to.eql(['added', 'updated']);
    expect(memberOf('cid')).to.be.undefined();
  });

  function live(event: string, userId: string, seq: number) {
    const bytes = FRAMES.Cursor.encode({channelId: 'g', userId, seq});
    server.tell(group, event, bytes);
  }
});

describe('a change of a message that a client never saw', () => {
  it('is told when it is acked', async () => {
    const server = await givenFakeChatServer();
    const group = server.channel('g', 'ann', 'bob');
    group.add({id: 'one', text: 'old'}, 'bob');
    group.receivedSeq = 1;
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    await bob.chat.edit({id: 'one'}, 'new');
    await bob.until(() => bob.told.some(([event]) => event === 'edit'));
    expect(bob.changeSeqs).to.eql(['edit 2', 'reaction 2']);
  });
});
