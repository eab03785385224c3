import {expect} from '@loopback/testlab';
import {setTimeout as pause} from 'timers/promises';
import type {ChatStore} from '../../client';
import {givenChatClient} from '../fixtures/chat-client';
import {
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';
import {rejection} from '../fixtures/rejection';

const TO = {group: 'g'};
const NOBODY = 'http://127.0.0.1:1';

describe('the store of the client', () => {
  let server: FakeChatServer;
  let stored: Map<string, string>;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    server.channel('g', 'ann', 'bob');
    stored = new Map();
  });

  it('is written when the client is closed before it was read', async () => {
    const store = givenStore({loadMs: 50});
    const {chat} = givenChatClient(NOBODY, 'bob', {store});
    const sent = rejection(chat.sendText({to: TO, text: 'unsent'}));
    await chat.close();
    await sent;
    expect(stored.get('outbox')).to.match(/unsent/);
  });

  it('is written at the end where it failed before, and told of', async () => {
    const store = givenStore({failures: 1});
    const bob = givenChatClient(NOBODY, 'bob', {store});
    const sent = rejection(bob.chat.sendText({to: TO, text: 'unsent'}));
    await bob.until(() => bob.errors.length > 0);
    expect(String(bob.errors[0])).to.equal('Error: The store is full');
    expect(stored.has('outbox')).to.be.false();
    await bob.chat.close();
    await sent;
    expect(stored.get('outbox')).to.match(/unsent/);
  });

  it('does not keep a client from closing where it fails for good', async () => {
    const store = givenStore({failures: Infinity});
    const bob = givenChatClient(NOBODY, 'bob', {store});
    const sent = rejection(bob.chat.sendText({to: TO, text: 'unsent'}));
    await bob.chat.close();
    await sent;
    expect(bob.errors).to.not.be.empty();
  });

  function givenStore({loadMs = 0, failures = 0}): ChatStore {
    let left = failures;
    return {
      load: async name => {
        await pause(loadMs);
        return stored.get(name);
      },
      save: (name, text) => {
        if (left-- > 0) throw new Error('The store is full');
        stored.set(name, text);
      },
    };
  }
});

describe('a listener of the client', () => {
  it('that is asynchronous and fails is told of by an error', async () => {
    const server = await givenFakeChatServer();
    const group = server.channel('g', 'ann', 'bob');
    const bob = givenChatClient(server.url, 'bob');
    bob.chat.on('message', async () => {
      throw new Error('No answer');
    });
    bob.chat.on('error', async () => {
      throw new Error('Nobody is told of this one');
    });
    await bob.chat.online();
    server.say(group, 'ann', {id: 'm', text: 'Hi'});
    await bob.until(() => bob.errors.length > 0);
    await pause(10);
    expect(bob.errors.map(String)).to.eql(['Error: No answer']);
  });
});

describe('the outbox of the client', () => {
  it('goes on after a pause when the clock was set back meanwhile', async () => {
    const server = await givenFakeChatServer();
    server.channel('g', 'ann', 'bob');
    const {chat} = givenChatClient(server.url, 'bob');
    await chat.online();
    const {now} = Date;
    server.script('on-message:text', (_frame, ack) => {
      ack({statusCode: 429, code: 'CHAT_RATE_LIMITED', retryAfterMs: 50});
      Date.now = () => now() - 3_600_000;
    });
    try {
      await chat.sendText({to: TO, text: 'Hi'});
    } finally {
      Date.now = now;
    }
  });

  it('tells a message under the id that the server gave it', async () => {
    const server = await givenFakeChatServer();
    const bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
    server.script('on-message:text', (_frame, ack) =>
      ack({
        ...{statusCode: 200, id: 'abc', channelId: 'new'},
        ...{seq: 1, changeSeq: 1, createdAt: 1},
      }),
    );
    await bob.chat.sendText({to: TO, text: 'Hi', id: 'ABC'});
    expect(bob.messages.map(({id}) => id)).to.eql(['abc']);
  });
});
