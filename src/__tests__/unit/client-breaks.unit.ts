import {expect} from '@loopback/testlab';
import {setTimeout as pause} from 'timers/promises';
import {ChatEvent, FRAMES, type WireMessage} from '../../client';
import {givenChatClient, type RecordedClient} from '../fixtures/chat-client';
import type {FakeChannel} from '../fixtures/fake-channel';
import {
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';

const BUSY = {statusCode: 429, code: 'CHAT_RATE_LIMITED', retryAfterMs: 20};

describe('the client after a break', () => {
  let server: FakeChatServer;
  let bob: RecordedClient;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    bob = givenChatClient(server.url, 'bob');
    await bob.chat.online();
  });

  it('tells a conversation begun meanwhile, which another device has received', async () => {
    await away();
    const single = server.channel('ann+bob', 'ann', 'bob');
    Object.assign(single, {type: 'single', receivedSeq: 2});
    for (const text of ['1', '2']) single.add({id: text, text}, 'ann');
    await bob.chat.online();
    server.say(single, 'ann', {id: '3', text: '3'});
    await bob.until(() => bob.messages.length === 3);
    expect(bob.texts).to.eql(['1', '2', '3']);
  });

  it('starts a conversation of before where the user is', async () => {
    const single = server.channel('ann+eve', 'ann', 'eve');
    Object.assign(single, {type: 'single', receivedSeq: 1});
    for (const text of ['1', '2']) single.add({id: text, text}, 'ann');
    const eve = givenChatClient(server.url, 'eve');
    await eve.chat.online();
    expect(eve.texts).to.eql(['2']);
  });

  context('of a message that goes on changing', () => {
    let group: FakeChannel;

    beforeEach(async () => {
      group = server.channel('g', 'ann', 'bob');
      server.say(group, 'ann', {id: 'm', text: 'v1'});
      await bob.until(() => bob.messages.length === 1);
      await away();
      group.change('m', {text: 'v2', editedAt: 1});
    });

    for (const [title, last] of [
      ['an edit', {text: 'v4', editedAt: 2}],
      ['its deletion', {text: undefined, deleted: true}],
    ] as [string, WireMessage][]) {
      it(`tells nothing older after ${title}`, async () => {
        // The answer is complete up to 2, and shows the message as it is at 4.
        server.script(ChatEvent.Sync, (_frame, ack) => {
          const channel = group.view;
          tell(group.change('m', {text: 'v3', editedAt: 1}));
          const message = group.change('m', last);
          tell(message);
          const pages = [{channel, messages: [message], changeSeq: 2}];
          const bytes = FRAMES.SyncResponse.encode({channels: pages});
          ack({statusCode: 200, data: Buffer.from(bytes)});
        });
        await bob.chat.online();
        server.say(group, 'ann', {id: 'end', text: 'end'});
        await bob.until(() => bob.texts.includes('end'));
        const told = bob.changeSeqs.filter(text => !/reaction/.test(`${text}`));
        const event = last.deleted ? 'delete' : 'edit';
        expect(told.slice(1)).to.eql([`${event} 4`, 'message 5']);
      });
    }

    function tell({id, text, changeSeq, deleted}: WireMessage): void {
      const change = {channelId: 'g', messageId: id, text, changeSeq};
      const [event, bytes] = deleted
        ? [ChatEvent.MessageDelete, FRAMES.MessageDelete.encode(change)]
        : [ChatEvent.MessageEdit, FRAMES.MessageEdit.encode(change)];
      server.tell(group, event, bytes);
    }
  });

  it('waits for an answer about what was missed longer than for an ack', async () => {
    const eve = givenChatClient(server.url, 'eve', {ackTimeoutMs: 50});
    const late = (_frame: unknown, _ack: unknown, next: () => void) =>
      void setTimeout(next, 120);
    server.script(ChatEvent.Sync, late);
    await eve.chat.online();
    expect(server.frames(ChatEvent.Sync)).to.have.length(2);
  });

  it('asks again who is online until it is told of all', async () => {
    const userIds = Array.from({length: 250}, (_, n) => `user ${n}`);
    await bob.chat.presence(userIds);
    const told = new Set<string>();
    bob.chat.on('presence', ({userId}) => told.add(userId));
    server.script(
      ChatEvent.Presence,
      (_frame, _ack, next) => next(),
      ...[1, 2].map(() => (_frame: unknown, ack: (answer: object) => void) => {
        ack(BUSY);
      }),
    );
    await away();
    await bob.chat.online();
    await until(() => told.size === 250);
    expect(bob.errors).to.be.empty();
  });

  it('asks for no more users than the server tells it of', async () => {
    const userIds = Array.from({length: 1100}, (_, n) => `user ${n}`);
    await bob.chat.presence(userIds);
    await away();
    const before = server.frames(ChatEvent.Presence).length;
    await bob.chat.online();
    await until(() => server.frames(ChatEvent.Presence).length === before + 10);
    const [first] = server.frames(ChatEvent.Presence).slice(before);
    const asked = FRAMES.PresenceQuery.decode(first).userIds ?? [];
    expect(asked[0]).to.equal('user 100');
  });

  /** So that the connection is not recovered. */
  async function away(): Promise<void> {
    for (const socket of server.socketsOf('bob')) socket.disconnect(true);
    await bob.until(() => bob.chat.state === 'offline');
  }
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(5);
}
