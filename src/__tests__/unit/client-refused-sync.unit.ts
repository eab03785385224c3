import {expect} from '@loopback/testlab';
import {ChatEvent, FRAMES} from '../../client';
import {givenChatClient, type RecordedClient} from '../fixtures/chat-client';
import {
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';

const ALL = {history: 'all'} as const;
const QUICK = {...ALL, retryDelayMs: 1, maxRetryDelayMs: 5};
const NAMES = Array.from({length: 40}, (_, number) => `group ${number}`);
const BAD = 'group 17';

describe('what a client misses when it may not ask', () => {
  let server: FakeChatServer;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    for (const name of NAMES) {
      server.channel(name, 'ann', 'bob').add({id: `1 in ${name}`}, 'ann');
    }
  });

  /** A client that knows all channels, and misses a message in each. */
  async function givenBehind(options: object = QUICK) {
    const bob = givenChatClient(server.url, 'bob', options);
    await bob.chat.online();
    server.socketsOf('bob').forEach(socket => socket.disconnect(true));
    await bob.until(() => bob.chat.state === 'offline');
    for (const name of NAMES) {
      server.channels.get(name)?.add({id: `2 in ${name}`}, 'ann');
    }
    return bob;
  }

  const missing = ({messages}: RecordedClient) => {
    const ids = messages.map(({id}) => id);
    return NAMES.filter(name => !ids.includes(`2 in ${name}`));
  };

  const questions = () =>
    server
      .frames(ChatEvent.Sync)
      .map(frame => FRAMES.SyncRequest.decode(frame).channels ?? []);

  for (const [statusCode, code] of [
    [422, 'CHAT_INPUT_INVALID'],
    [413, 'CHAT_TOO_LARGE'],
    [400, 'CHAT_FRAME_INVALID'],
    [500, 'CHAT_INTERNAL'],
  ] as const) {
    it(`is of the one channel that the server answers ${statusCode}`, async () => {
      const bob = await givenBehind();
      const before = questions().length;
      const refusal = {statusCode, code};
      server.refuses = ids => (ids.includes(BAD) ? refusal : undefined);
      await bob.chat.online();
      expect(missing(bob)).to.eql([BAD]);
      // Alone in a question it is refused twice: the list names it once more.
      expect(bob.errors.length).to.be.within(1, 2);
      for (const err of bob.errors) expect(err).to.containEql({code});
      expect(questions().length - before).to.be.below(60);
      // It is heard of again with its next change.
      server.refuses = () => undefined;
      const group = server.channels.get(BAD);
      if (group) server.say(group, 'ann', {id: 'live', text: 'live'});
      await bob.until(() => bob.messages.some(({id}) => id === 'live'));
    });
  }

  it('is all where the user may not ask at all, told once', async () => {
    const bob = await givenBehind();
    const before = questions().length;
    server.refuses = () => ({statusCode: 403, code: 'CHAT_FORBIDDEN'});
    await bob.chat.online();
    expect(missing(bob)).to.eql(NAMES);
    expect(bob.errors).to.have.length(1);
    expect(questions().length - before).to.equal(1);
  });

  it('is nothing of what is known where the list is refused', async () => {
    const bob = await givenBehind();
    const refusal = {statusCode: 422, code: 'CHAT_INPUT_INVALID'};
    server.refuses = ids => (ids.length ? undefined : refusal);
    await bob.chat.online();
    expect(missing(bob)).to.be.empty();
    expect(bob.errors).to.have.length(1);
  });

  it('is nothing of a gap that comes to be while the list is refused', async () => {
    const bob = givenChatClient(server.url, 'bob', QUICK);
    await bob.chat.online();
    const group = server.channel('late', 'ann', 'bob');
    server.socketsOf('bob').forEach(socket => socket.disconnect(true));
    await bob.until(() => bob.chat.state === 'offline');
    server.refuses = ids => {
      if (ids.length) return undefined;
      group.add({id: 'missed'}, 'ann');
      server.say(group, 'ann', {id: 'live', text: 'live'});
      return {statusCode: 422, code: 'CHAT_INPUT_INVALID'};
    };
    await bob.chat.online();
    await bob.until(() => bob.messages.some(({id}) => id === 'live'));
    expect(bob.messages.map(({id}) => id)).to.containEql('missed');
  });

  for (const [statusCode, code] of [
    [429, 'CHAT_RATE_LIMITED'],
    [503, 'CHAT_UNAVAILABLE'],
  ] as const) {
    it(`is nothing after many answers of ${statusCode}`, async () => {
      const bob = await givenBehind();
      let count = 0;
      const refusal = {statusCode, code, retryAfterMs: 2};
      server.refuses = () => (count++ < 20 ? refusal : undefined);
      await bob.chat.online();
      expect(missing(bob)).to.be.empty();
      expect(bob.errors).to.be.empty();
    });
  }

  it('is asked for when the server says, not before', async () => {
    const bob = await givenBehind();
    const times: number[] = [];
    const refusal = {
      ...{statusCode: 429, code: 'CHAT_RATE_LIMITED'},
      retryAfterMs: 100,
    };
    server.refuses = () =>
      times.push(performance.now()) < 2 ? refusal : undefined;
    await bob.chat.online();
    expect(times[1] - times[0]).to.be.above(95);
  });

  it('is not asked for at once of a server that is busy', async () => {
    const bob = await givenBehind({...ALL, retryDelayMs: 100});
    const times: number[] = [];
    const refusal = {statusCode: 503, code: 'CHAT_UNAVAILABLE'};
    server.refuses = () =>
      times.push(performance.now()) < 2 ? refusal : undefined;
    await bob.chat.online();
    expect(times[1] - times[0]).to.be.above(95);
  });

  it('is nothing after a fault that is mended', async () => {
    const bob = await givenBehind();
    let count = 0;
    const fault = {statusCode: 500, code: 'CHAT_INTERNAL'};
    server.refuses = () => (count++ < 30 ? fault : undefined);
    await bob.chat.online();
    expect(missing(bob)).to.be.empty();
    expect(bob.errors).to.be.empty();
  });
});
