import {expect} from '@loopback/testlab';
import {setTimeout as pause} from 'timers/promises';
import {ChatEvent, ChannelChangeKind, FRAMES} from '../../client';
import {givenChatClient} from '../fixtures/chat-client';
import {
  fakeToken,
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';

const UNAUTHENTICATED = {statusCode: 401, code: 'CHAT_UNAUTHENTICATED'};

describe('another token given to the client', () => {
  let server: FakeChatServer;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    server.channel('g', 'ann', 'bob');
  });

  it('has what a slow store has kept sent first all the same', async () => {
    const entries = ['old 1', 'old 2'].map(id => ({
      ...{id, lane: 'channel g', event: ChatEvent.MessageText},
      frame: {id, type: 1, text: id, session: 2, receiver: 'g'},
    }));
    const stored = new Map([['outbox', JSON.stringify(entries)]]);
    const store = {
      load: async (name: string) => {
        await pause(50);
        return stored.get(name);
      },
      save: (name: string, text: string) => void stored.set(name, text),
    };
    const bob = givenChatClient(server.url, 'bob', {store});
    bob.chat.authenticate(fakeToken('bob', 'fresh'));
    await bob.chat.sendText({to: {group: 'g'}, text: 'new'});
    const texts = server.channels.get('g')?.messages.map(({text}) => text);
    expect(texts).to.eql(['old 1', 'old 2', 'new']);
    expect(server.tokens).to.eql([fakeToken('bob', 'fresh')]);
  });

  it('does not connect twice while a connection is being made', async () => {
    server.io.use((_socket, next) => setTimeout(next, 50));
    const bob = givenChatClient(server.url, 'bob');
    await until(() => server.tokens.length > 0);
    bob.chat.authenticate(fakeToken('bob', 'fresh'));
    await bob.chat.online();
    await until(() => server.frames(ChatEvent.Auth).length > 0);
    expect(server.frames(ChatEvent.Auth)).to.eql([
      {token: fakeToken('bob', 'fresh')},
    ]);
    expect(server.tokens).to.have.length(1);
    expect(server.socketsOf('bob')).to.have.length(1);
  });

  it('is shown when the first is refused meanwhile', async () => {
    server.admits = token =>
      token === fakeToken('bob', 'good') ? undefined : UNAUTHENTICATED;
    const bob = givenChatClient(server.url, 'bob');
    server.io.engine.once('connection', () =>
      bob.chat.authenticate(fakeToken('bob', 'good')),
    );
    await bob.chat.online();
    expect(bob.states).to.not.containEql('unauthenticated');
  });

  it('is waited for again once the last one was refused', async () => {
    server.admits = token =>
      token === fakeToken('bob', 'good') ? undefined : UNAUTHENTICATED;
    const bob = givenChatClient(server.url, 'bob');
    await bob.until(() => bob.chat.state === 'unauthenticated');
    bob.chat.authenticate(fakeToken('bob', 'good'));
    expect(bob.chat.state).to.equal('offline');
    await bob.chat.online();
  });

  it('does not take up a client that was closed', async () => {
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    await bob.chat.close();
    await until(() => server.socketsOf('bob').length === 0);
    bob.chat.authenticate(fakeToken('bob', 'fresh'));
    await pause(50);
    expect(server.tokens).to.have.length(1);
  });

  it('leaves the user who it was until there is one', async () => {
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    bob.chat.authenticate(async () => {
      throw new Error('No network');
    });
    await bob.until(() => bob.errors.length > 0);
    expect(bob.chat.userId).to.equal('bob');
    const change = {
      ...{channelId: 'g', kind: ChannelChangeKind.MEMBER_REMOVED},
      ...{userIds: ['bob'], changeSeq: 1},
    };
    const bytes = FRAMES.ChannelChange.encode(change);
    server.socketsOf('bob')[0].emit(ChatEvent.Channel, Buffer.from(bytes));
    await bob.until(() =>
      bob.told.some(([, update]) => Object(update).kind === 'removed'),
    );
  });

  it('is asked for again, not sent, where the function gives the old one', async () => {
    let asked = 0;
    const token = () => {
      asked++;
      return fakeToken('bob');
    };
    const bob = givenChatClient(server.url, 'bob', {token});
    await bob.chat.online();
    for (let notice = 0; notice < 3; notice++) {
      server.io.emit(ChatEvent.Auth, {reason: 'expiring', expiresAt: 0});
      await pause(10);
    }
    await until(() => asked > 1);
    await pause(50);
    expect(asked).to.equal(2);
    expect(server.frames(ChatEvent.Auth)).to.be.empty();
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(5);
}
