import {expect} from '@loopback/testlab';
import {ChatEvent, FRAMES, type ChatClientOptions} from '../../client';
import {givenChatClient, type RecordedClient} from '../fixtures/chat-client';
import type {FakeChannel} from '../fixtures/fake-channel';
import {
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';

const ALL = {history: 'all'} as const;

describe('catching up by the client', () => {
  let server: FakeChatServer;
  let group: FakeChannel;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    group = server.channel('g', 'ann', 'bob');
  });

  it('brings what was there before, by parts, from all channels', async () => {
    server.syncLimit = 3;
    const names = ['g', 'h', 'i', 'j', 'k'];
    for (const name of names) {
      const channel =
        server.channels.get(name) ?? server.channel(name, 'ann', 'bob');
      addTo(channel, 8);
    }
    const bob = givenChatClient(server.url, 'bob', ALL);
    await bob.chat.online();
    for (const name of names) {
      const seqs = bob.messages
        .filter(({channelId}) => channelId === name)
        .map(({seq}) => seq);
      expect(seqs).to.eql([1, 2, 3, 4, 5, 6, 7, 8]);
    }
    expect([...bob.chat.channels.keys()].sort()).to.eql(names);
    expect(bob.states).to.eql(['syncing', 'online']);
  });

  it('starts after what the user has received', async () => {
    addTo(group, 5);
    group.receivedSeq = 3;
    // Of a message that is known already nothing is told.
    group.change('id 2', {text: 'edited', editedAt: 1});
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    expect(bob.changeSeqs).to.eql(['message 4', 'message 5']);
  });

  it('starts now where all was received, and goes on live', async () => {
    addTo(group, 5);
    group.receivedSeq = 5;
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    server.say(group, 'ann', {id: 'six', text: 'six'});
    await bob.until(() => bob.messages.length > 0);
    expect(bob.texts).to.eql(['six']);
  });

  it('tells a channel that it hears of for the first time', async () => {
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    addTo(group, 3);
    server.say(group, 'ann', {id: 'four', text: 'four'});
    await bob.until(() => bob.messages.length === 4);
    expect(bob.texts).to.eql(['1', '2', '3', 'four']);
    expect(bob.chat.channels.get('g')).to.containEql({messageSeq: 4});
  });

  it('tells live messages after those it asks for', async () => {
    addTo(group, 3);
    const bob = givenChatClient(server.url, 'bob', ALL);
    server.script(ChatEvent.Sync, (_frame, _ack, next) => {
      server.say(group, 'ann', {id: 'four', text: 'four'});
      setTimeout(next, 20);
    });
    await bob.chat.online();
    expect(bob.texts).to.eql(['1', '2', '3', 'four']);
  });

  it('tells a state that is newer than the answer once', async () => {
    addTo(group, 2);
    const bob = givenChatClient(server.url, 'bob', ALL);
    await bob.chat.online();
    addTo(group, 1);
    // The answer was complete up to 3 when the message was read as edited by 4.
    const edited = group.change('id 3', {text: 'edited', editedAt: 1});
    server.script(ChatEvent.Sync, (_frame, ack) => {
      const channel = {...group.view, changeSeq: 3};
      const channels = [{channel, messages: [edited], changeSeq: 3}];
      const data = FRAMES.SyncResponse.encode({channels});
      ack({statusCode: 200, data: Buffer.from(data)});
    });
    tellEdit('id 3', 4, 'edited');
    tellEdit('id 1', group.change('id 1', {text: 'more'}).changeSeq, 'more');
    await bob.until(() => bob.changeSeqs.includes('edit 5'));
    expect(bob.changeSeqs.slice(2)).to.eql(['message 4', 'edit 5']);
  });

  context('after a break that is not recovered', () => {
    let bob: RecordedClient;

    beforeEach(async () => {
      bob = givenChatClient(server.url, 'bob', ALL);
      await bob.chat.online();
      server.say(group, 'ann', {id: 'id 1', text: '1'});
      server.say(group, 'ann', {id: 'id 2', text: '2'});
      await bob.until(() => bob.messages.length === 2);
    });

    it('brings what happened meanwhile, each once', async () => {
      await breakOf(bob, () => {
        addTo(group, 2);
        group.change('id 1', {text: 'edited', editedAt: 5});
        group.change('id 2', {deleted: true, text: undefined});
        group.change('id 3', {text: 'edited too', editedAt: 6});
        addTo(server.channel('h', 'bob'), 1);
      });
      expect(bob.changeSeqs.slice(2).sort()).to.eql([
        ...['delete 6', 'edit 5', 'message 1'],
        ...['message 4', 'message 7', 'reaction 5'],
      ]);
      expect(bob.texts).to.containEql('edited too');
    });

    it('tells what became of reactions', async () => {
      const reactions = [{emoji: '👍', userIds: ['ann']}];
      await breakOf(bob, () => group.change('id 1', {reactions}));
      expect(bob.told.slice(-1)[0]).to.eql([
        'reaction',
        {channelId: 'g', messageId: 'id 1', changeSeq: 3, reactions},
      ]);
    });

    it('drops channels that are no longer the user’s', async () => {
      await breakOf(bob, () => group.members.pop());
      const [event, update] = bob.told.slice(-1)[0];
      expect(event).to.equal('channel');
      expect(update).to.containEql({kind: 'removed', channelId: 'g'});
      expect(bob.chat.channels.has('g')).to.be.false();
    });

    it('asks again when the answer breaks off', async () => {
      await breakOf(bob, () => {
        addTo(group, 3);
        server.script(
          ChatEvent.Sync,
          () => server.cut('bob'),
          (_frame, ack) => ack({statusCode: 503, code: 'CHAT_UNAVAILABLE'}),
        );
      });
      expect(bob.texts).to.eql(['1', '2', '3', '4', '5']);
    });

    it('starts anew where the server has lost its history', async () => {
      await breakOf(bob, () => {
        server.channels.set('g', (group = server.channel('g', 'ann', 'bob')));
        server.say(group, 'ann', {id: 'other', text: 'other'});
      });
      server.say(group, 'ann', {id: 'live', text: 'live'});
      await bob.until(() => bob.texts.includes('live'));
    });
  });

  context('after a break that is recovered', () => {
    it('tells what is repeated, asks nothing and reports it', async () => {
      const bob = givenChatClient(server.url, 'bob', ALL);
      await bob.chat.online();
      server.say(group, 'ann', {id: 'id 1', text: '1'});
      await bob.until(() => bob.chat.channels.get('g')?.name !== undefined);
      const asked = server.frames(ChatEvent.Sync).length;
      server.cut('bob');
      await bob.until(() => bob.chat.state === 'offline');
      addTo(group, 2).forEach(message =>
        server.tell(
          group,
          ChatEvent.MessageText,
          FRAMES.Message.encode(message),
        ),
      );
      await bob.until(() => bob.messages.length === 3);
      expect(bob.states.slice(-2)).to.eql(['offline', 'online']);
      expect(server.frames(ChatEvent.Sync)).to.have.length(asked);
      await until(() => lastReceived(server) === 3);
    });

    it('reports what was acked as the connection ended', async () => {
      server.isAcked = true;
      const bob = givenChatClient(server.url, 'bob', ALL);
      await bob.chat.online();
      server.say(group, 'ann', {id: 'id 1', text: '1'});
      await bob.until(() => bob.messages.length === 1);
      await until(() => server.acks.length > 0);
      server.cut('bob');
      await until(() => lastReceived(server) === 1);
    });
  });

  it('asks from time to time whether something was missed', async () => {
    const bob = givenChatClient(server.url, 'bob', {...ALL, resyncMs: 30});
    await bob.chat.online();
    addTo(group, 1);
    await bob.until(() => bob.messages.length === 1);
  });

  it('does without where the user may not ask', async () => {
    const refuse = (_frame: unknown, ack: (answer: unknown) => void) =>
      ack({statusCode: 403, code: 'CHAT_FORBIDDEN'});
    server.script(ChatEvent.Sync, ...Array.from({length: 9}, () => refuse));
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    addTo(group, 3);
    server.say(group, 'ann', {id: 'live', text: 'live'});
    await bob.until(() => bob.messages.length === 1);
    expect(bob.errors.map(String)).to.matchEach(/You may not do this/);
  });

  it('goes on where a former run was, with a store', async () => {
    const texts = new Map<string, string>();
    const store: ChatClientOptions['store'] = {
      load: async name => texts.get(name),
      save: async (name, text) => void texts.set(name, text),
    };
    addTo(group, 3);
    const first = givenChatClient(server.url, 'bob', {...ALL, store});
    await first.chat.online();
    await first.chat.close();
    addTo(group, 1);
    const second = givenChatClient(server.url, 'bob', {...ALL, store});
    await second.chat.online();
    expect(second.texts).to.eql(['4']);
  });

  function tellEdit(messageId: string, changeSeq = 0, text = '') {
    const edit = {channelId: 'g', messageId, changeSeq, text};
    const bytes = FRAMES.MessageEdit.encode(edit);
    server.tell(group, ChatEvent.MessageEdit, bytes);
  }

  /** Ends the connection for good, and waits until the next is up to date. */
  async function breakOf(bob: RecordedClient, meanwhile: () => void) {
    server.socketsOf('bob').forEach(socket => socket.disconnect(true));
    await bob.until(() => bob.chat.state === 'offline');
    meanwhile();
    await bob.chat.online();
  }
});

function addTo(channel: FakeChannel, count: number) {
  return Array.from({length: count}, () => {
    const number = channel.messages.length + 1;
    return channel.add({id: idIn(channel, number), text: `${number}`}, 'ann');
  });
}

function idIn({id}: FakeChannel, number: number): string {
  return id === 'g' ? `id ${number}` : `id ${number} in ${id}`;
}

function lastReceived(server: FakeChatServer): number | undefined {
  const [bytes] = server.frames(ChatEvent.MessageReceived).slice(-1);
  return bytes && FRAMES.Cursor.decode(bytes).seq;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 5));
}
