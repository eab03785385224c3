import {expect} from '@loopback/testlab';
import {ChatEvent, FRAMES} from '../../client';
import {givenChatClient, type RecordedClient} from '../fixtures/chat-client';
import type {FakeChannel} from '../fixtures/fake-channel';
import {
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';

describe('the events of the client', () => {
  let server: FakeChatServer;
  let group: FakeChannel;
  let bob: RecordedClient;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    group = server.channel('g', 'ann', 'bob');
    bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
  });

  it('come in order as they are made', async () => {
    for (let i = 1; i <= 20; i++) say(`${i}`);
    await bob.until(() => bob.messages.length === 20);
    expect(bob.messages.map(({seq}) => seq)).to.eql(upTo(20));
  });

  it('come once when the server repeats them', async () => {
    const first = say('one');
    const bytes = FRAMES.Message.encode(first);
    server.tell(group, ChatEvent.MessageText, bytes);
    say('two');
    await bob.until(() => bob.messages.length >= 2);
    expect(bob.texts).to.eql(['one', 'two']);
  });

  it('wait for what is missing, which is asked for', async () => {
    say('one');
    await bob.until(() => bob.messages.length === 1);
    // It never came.
    group.add({id: 'lost', text: 'two'}, 'ann');
    say('three');
    await bob.until(() => bob.messages.length === 3);
    expect(bob.texts).to.eql(['one', 'two', 'three']);
    const asked = server.frames(ChatEvent.Sync).slice(-1).map(decodeSync);
    expect(asked).to.eql([{channels: [{channelId: 'g', changeSeq: 1}]}]);
  });

  it('wait for what comes late', async () => {
    say('one');
    const [two, three] = ['two', 'three'].map(text =>
      group.add({id: text, text}, 'ann'),
    );
    await bob.until(() => bob.messages.length === 1);
    for (const message of [three, two]) {
      const bytes = FRAMES.Message.encode(message);
      server.tell(group, ChatEvent.MessageText, bytes);
    }
    await bob.until(() => bob.messages.length === 3);
    say('four');
    await bob.until(() => bob.messages.length === 4);
    expect(bob.texts).to.eql(['one', 'two', 'three', 'four']);
  });

  it('ask once more when an answer was under way as something happened', async () => {
    say('one');
    await bob.until(() => bob.messages.length === 1);
    group.add({id: 'lost', text: 'two'}, 'ann');
    server.script(ChatEvent.Sync, (_frame, ack) => {
      const channels = [{channel: group.view, messages: [], changeSeq: 1}];
      const data = FRAMES.SyncResponse.encode({channels});
      ack({statusCode: 200, data: Buffer.from(data)});
    });
    say('three');
    await bob.until(() => bob.messages.length === 3);
    expect(bob.texts).to.eql(['one', 'two', 'three']);
  });

  it('ask for nothing when an ack comes with the change after it', async () => {
    say('one');
    await bob.until(() => bob.messages.length === 1);
    // By the list, and by the name of the channel.
    await until(() => server.frames(ChatEvent.Sync).length === 2);
    server.script(ChatEvent.MessageText, (_frame, _ack, next) => {
      next();
      say('three');
    });
    await bob.chat.sendText({to: {group: 'g'}, text: 'two'});
    await bob.until(() => bob.messages.length === 3);
    expect(bob.texts).to.eql(['one', 'two', 'three']);
    expect(server.frames(ChatEvent.Sync)).to.have.length(2);
  });

  it('are in order though an ack comes after the change after it', async () => {
    say('one');
    await bob.until(() => bob.messages.length === 1);
    server.script(ChatEvent.MessageText, (frame, ack) => {
      const {id, text} = FRAMES.Message.decode(frame);
      const {channelId, seq, changeSeq} = group.add({id, text}, 'bob');
      say('three');
      ack({statusCode: 200, id, channelId, seq, changeSeq, createdAt: 1});
    });
    await bob.chat.sendText({to: {group: 'g'}, text: 'two'});
    await bob.until(() => bob.messages.length === 3);
    expect(bob.texts).to.eql(['one', 'two', 'three']);
    say('four');
    await bob.until(() => bob.messages.length === 4);
  });

  it('go on over a hole that nobody can fill', async () => {
    say('one');
    await bob.until(() => bob.messages.length === 1);
    group.changeSeq = 5;
    const view = {...group.view, changeSeq: 1};
    for (let i = 0; i < 10; i++) {
      server.script(ChatEvent.Sync, (_frame, ack) => {
        const channels = [{channel: view, messages: [], changeSeq: 1}];
        const data = FRAMES.SyncResponse.encode({channels});
        ack({statusCode: 200, data: Buffer.from(data)});
      });
    }
    say('seven');
    await bob.until(() => bob.messages.length === 2);
    expect(bob.texts).to.eql(['one', 'seven']);
  });

  it('tell edits, deletions and reactions in their places', async () => {
    const {id = ''} = say('one');
    const place = {channelId: 'g', messageId: id};
    const {changeSeq} = group.change(id, {text: 'two'});
    const tell = (event: string, bytes: Uint8Array) =>
      server.tell(group, event, bytes);
    tell(
      ChatEvent.MessageEdit,
      FRAMES.MessageEdit.encode({...place, text: 'two', changeSeq}),
    );
    const reaction = {...place, emoji: '👍', userId: 'ann', changeSeq: 3};
    tell(ChatEvent.MessageReaction, FRAMES.Reaction.encode(reaction));
    tell(
      ChatEvent.MessageDelete,
      FRAMES.MessageDelete.encode({...place, changeSeq: 4, deletedBy: 'ann'}),
    );
    await bob.until(() => bob.changeSeqs.length === 4);
    expect(bob.changeSeqs).to.eql([
      ...['message 1', 'edit 2', 'reaction 3', 'delete 4'],
    ]);
  });

  it('say who wrote a message, on which device ever', async () => {
    const other = givenChatClient(server.url, 'bob');
    await other.chat.online();
    const contexts: unknown[] = [];
    other.chat.on('message', (_message, context) => contexts.push(context));
    await bob.chat.sendText({to: {group: 'g'}, text: 'mine'});
    say('yours');
    await other.until(() => other.messages.length === 2);
    expect(contexts).to.eql([
      {isOwn: true, source: 'live'},
      {isOwn: false, source: 'live'},
    ]);
  });

  it('survive a frame that cannot be read', async () => {
    const bytes = Buffer.from([0x0a, 0x7f]);
    for (const event of Object.values(ChatEvent)) {
      server.io.to('bob').emit(event, bytes);
      server.io.to('bob').emit(event, 'rubbish', 5);
      server.io.to('bob').emit(event);
    }
    say('one');
    await bob.until(() => bob.messages.length === 1);
    expect(bob.errors).to.not.be.empty();
  });

  context('when the server asks for acks', () => {
    beforeEach(() => {
      server.isAcked = true;
    });

    it('ack what listeners have taken', async () => {
      say('one');
      await bob.until(() => bob.messages.length === 1);
      await until(() => server.acks.length === 1);
      expect(server.acks).to.eql([{statusCode: 200}]);
    });

    it('do not ack what a listener failed at, and tell of that', async () => {
      bob.chat.on('message', ({text}) => {
        if (text === 'bad') throw new Error('Broken listener');
      });
      say('bad');
      say('good');
      await until(() => server.acks.length === 1);
      expect(bob.texts).to.eql(['bad', 'good']);
      expect(bob.errors.map(String)).to.eql(['Error: Broken listener']);
    });

    it('ack what they knew', async () => {
      const bytes = FRAMES.Message.encode(say('one'));
      server.tell(group, ChatEvent.MessageText, bytes);
      await until(() => server.acks.length === 2);
      expect(bob.texts).to.eql(['one']);
    });
  });

  it('report what came without asking for an ack, once for many', async () => {
    for (let i = 1; i <= 10; i++) say(`${i}`);
    await until(() => server.frames(ChatEvent.MessageReceived).length > 0);
    const cursors = server
      .frames(ChatEvent.MessageReceived)
      .map(bytes => FRAMES.Cursor.decode(bytes));
    expect(cursors.slice(-1)).to.eql([{channelId: 'g', seq: 10}]);
    expect(cursors.length).to.be.below(10);
  });

  it('keep the list of channels', async () => {
    say('one');
    say('two');
    await bob.until(() => bob.messages.length === 2);
    await until(() => bob.chat.channels.get('g')?.name !== undefined);
    expect(bob.chat.channels.get('g')).to.containEql({
      name: 'Name of g',
      messageSeq: 2,
      unread: 2,
    });
    expect(await bob.chat.markRead('g')).to.equal(2);
    expect(bob.chat.channels.get('g')).to.containEql({unread: 0, readSeq: 2});
  });

  it('tell what is no part of the history', async () => {
    const heard: unknown[] = [];
    for (const event of ['typing', 'received', 'read', 'notify'] as const) {
      bob.chat.on(event, payload => heard.push([event, payload]));
    }
    const to = server.io.to('bob');
    const typing = {channelId: 'g', userId: 'ann', typing: true};
    const cursor = {channelId: 'g', userId: 'ann', seq: 1};
    const notice = {id: 'n', type: 1, status: 1};
    to.emit(ChatEvent.Typing, Buffer.from(FRAMES.Typing.encode(typing)));
    const bytes = Buffer.from(FRAMES.Cursor.encode(cursor));
    to.emit(ChatEvent.MessageReceived, bytes);
    to.emit(ChatEvent.MessageRead, bytes);
    for (let i = 0; i < 2; i++) {
      to.emit(ChatEvent.Notify, Buffer.from(FRAMES.Notify.encode(notice)));
    }
    say('end');
    await bob.until(() => bob.messages.length === 1);
    expect(heard).to.eql([
      ['typing', typing],
      ['received', cursor],
      ['read', cursor],
      ['notify', notice],
    ]);
  });

  it('ask who is online, and again on the next connection', async () => {
    const found = await bob.chat.presence(['ann', 'eve']);
    expect(found).to.eql([
      {userId: 'ann', isOnline: true},
      {userId: 'eve', isOnline: true},
    ]);
    server.cut('bob');
    await until(() => server.frames(ChatEvent.Presence).length === 2);
  });

  it('send that the user is typing, but not with every key', async () => {
    for (let i = 0; i < 10; i++) bob.chat.typing('g');
    bob.chat.typing('g', false);
    await until(() => server.frames(ChatEvent.Typing).length === 2);
    await bob.chat.markReceived('g', 1);
    expect(server.frames(ChatEvent.Typing)).to.have.length(2);
  });

  function say(text: string) {
    return server.say(group, 'ann', {id: `id of ${text}`, text});
  }
});

function decodeSync(bytes: Uint8Array): unknown {
  const {channels} = FRAMES.SyncRequest.decode(bytes);
  return {channels};
}

function upTo(last: number): number[] {
  return Array.from({length: last}, (_, i) => i + 1);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 5));
}
