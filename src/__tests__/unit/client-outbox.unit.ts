import {expect} from '@loopback/testlab';
import {
  ChatError,
  ChatEvent,
  FRAMES,
  NotifyType,
  type ChatClientOptions,
} from '../../client';
import {givenChatClient} from '../fixtures/chat-client';
import {
  givenFakeChatServer,
  type FakeChatServer,
} from '../fixtures/fake-chat-server';
import {rejection} from '../fixtures/rejection';

const TEXT = ChatEvent.MessageText;
const GROUP = {group: 'g'};

describe('the outbox of the client', () => {
  let server: FakeChatServer;

  beforeEach(async () => {
    server = await givenFakeChatServer();
    server.channel('g', 'ann', 'bob');
  });

  it('gives each send an id at once, and its ack when it is stored', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    const sending = chat.sendText({to: {user: 'bob'}, text: 'Hi'});
    expect(sending.id).to.match(/^[\da-f]{8}-[\da-f]{4}-4/);
    expect(await sending).to.containEql({
      statusCode: 200,
      id: sending.id,
      seq: 1,
      changeSeq: 1,
    });
    expect(chat.unsent).to.equal(0);
  });

  it('keeps what is sent before there is a connection', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    const sent = ['one', 'two', 'three'].map(text =>
      chat.sendText({to: GROUP, text}),
    );
    expect(chat.unsent).to.equal(3);
    const acks = await Promise.all(sent);
    expect(acks.map(({seq}) => seq)).to.eql([1, 2, 3]);
  });

  it('tells of what it sent as of all other messages', async () => {
    const ann = givenChatClient(server.url, 'ann');
    await ann.chat.online();
    const contexts: unknown[] = [];
    ann.chat.on('message', (_message, context) => contexts.push(context));
    await ann.chat.sendText({to: GROUP, text: 'mine', ext: '{}'});
    expect(ann.messages).to.have.length(1);
    expect(ann.messages[0]).to.containEql({
      text: 'mine',
      ext: '{}',
      channelId: 'g',
      seq: 1,
      changeSeq: 1,
    });
    expect(contexts).to.eql([{isOwn: true, source: 'sent'}]);
  });

  for (const [title, answer] of [
    ['429', {statusCode: 429, code: 'CHAT_RATE_LIMITED', retryAfterMs: 30}],
    ['503', {statusCode: 503, code: 'CHAT_UNAVAILABLE'}],
    ['500', {statusCode: 500, code: 'CHAT_INTERNAL', requestId: 'r'}],
    ['rubbish', 'rubbish'],
    ['nothing', undefined],
  ] as [string, unknown][]) {
    it(`sends again, with the same id and in order, after ${title}`, async () => {
      const {chat} = givenChatClient(server.url, 'ann');
      await chat.online();
      server.script(TEXT, (_frame, ack) => ack(answer));
      const sent = ['one', 'two', 'three'].map(text =>
        chat.sendText({to: GROUP, text}),
      );
      await Promise.all(sent);
      expect(textsAt(server)).to.eql(['one', 'one', 'two', 'three']);
      const [first, again] = idsAt(server);
      expect(first).to.equal(again);
    });
  }

  it('waits as long as 429 says, in all channels', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    await chat.online();
    const code = 'CHAT_RATE_LIMITED';
    server.script(TEXT, (_frame, ack) =>
      ack({statusCode: 429, code, retryAfterMs: 150}),
    );
    const startedAt = Date.now();
    const first = chat.sendText({to: GROUP, text: 'one'});
    while (server.frames(TEXT).length < 1) await tick();
    await tick();
    const other = chat.sendText({to: {user: 'eve'}, text: 'two'});
    await Promise.all([first, other]);
    expect(Date.now() - startedAt).to.be.aboveOrEqual(145);
    expect(server.frames(TEXT)).to.have.length(3);
  });

  for (const [code, statusCode] of [
    ['CHAT_INPUT_INVALID', 422],
    ['CHAT_NOT_FOUND', 404],
    ['CHAT_CONFLICT', 409],
    ['CHAT_TOO_LARGE', 413],
  ] as [string, number][]) {
    it(`rejects for good on ${statusCode}, and goes on with the next`, async () => {
      const {chat} = givenChatClient(server.url, 'ann');
      await chat.online();
      const details = [{path: 'text', problem: 'is odd'}];
      server.script(TEXT, (_frame, ack) => ack({statusCode, code, details}));
      const refused = chat.sendText({to: GROUP, text: 'one'});
      const next = chat.sendText({to: GROUP, text: 'two'});
      const err = await rejection(refused);
      expect(err).to.be.instanceOf(ChatError);
      expect(err).to.containEql({code, statusCode, details});
      expect(await next).to.containEql({seq: 1});
    });
  }

  it('takes an error that it does not know by its status', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    server.script(TEXT, (_frame, ack) =>
      ack({statusCode: 418, code: 'CHAT_TEAPOT'}),
    );
    const err = await rejection(chat.sendText({to: GROUP, text: 'one'}));
    expect(err).to.containEql({code: 'CHAT_FORBIDDEN'});
  });

  it('gives up what the server fails at again and again', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    const fail = (_frame: unknown, ack: (answer: unknown) => void) =>
      ack({statusCode: 500, code: 'CHAT_INTERNAL'});
    server.script(TEXT, ...Array.from({length: 6}, () => fail));
    const poison = chat.sendText({to: GROUP, text: 'one'});
    const next = chat.sendText({to: GROUP, text: 'two'});
    const err = await rejection(poison);
    expect(err).to.containEql({code: 'CHAT_INTERNAL'});
    expect(await next).to.containEql({seq: 1});
  });

  context('when an ack does not come', () => {
    const OPTIONS = {ackTimeoutMs: 50};

    it('sends again with the same id', async () => {
      const {chat} = givenChatClient(server.url, 'ann', OPTIONS);
      await chat.online();
      server.script(TEXT, () => undefined);
      const sent = ['one', 'two'].map(text => chat.sendText({to: GROUP, text}));
      await Promise.all(sent);
      expect(textsAt(server)).to.eql(['one', 'one', 'two']);
      expect(new Set(idsAt(server)).size).to.equal(2);
    });

    it('takes one that comes late', async () => {
      const {chat} = givenChatClient(server.url, 'ann', OPTIONS);
      await chat.online();
      let answerLate = () => {};
      server.script(
        TEXT,
        (_frame, _ack, next) => (answerLate = next),
        () => answerLate(),
      );
      const ack = await chat.sendText({to: GROUP, text: 'one'});
      expect(ack).to.containEql({seq: 1});
      expect(server.frames(TEXT)).to.have.length(2);
    });

    it('tells the message once when both acks come', async () => {
      const ann = givenChatClient(server.url, 'ann', OPTIONS);
      await ann.chat.online();
      server.script(TEXT, (_frame, _ack, next) => void setTimeout(next, 70));
      await ann.chat.sendText({to: GROUP, text: 'one'});
      await ann.chat.sendText({to: GROUP, text: 'two'});
      await ann.until(() => ann.messages.length === 2);
      expect(ann.texts).to.eql(['one', 'two']);
    });
  });

  it('sends again after a break, in order, what was not acked', async () => {
    const ann = givenChatClient(server.url, 'ann');
    await ann.chat.online();
    // Stored, but the ack is lost.
    server.script(TEXT, (_frame, _ack, next) => {
      server.cut('ann');
      next();
    });
    const sent = ['one', 'two', 'three'].map(text =>
      ann.chat.sendText({to: GROUP, text}),
    );
    const acks = await Promise.all(sent);
    expect(acks.map(({seq}) => seq)).to.eql([1, 2, 3]);
    await ann.until(() => ann.messages.length === 3);
    expect(ann.texts).to.eql(['one', 'two', 'three']);
  });

  it('keeps an edit behind the message that it edits', async () => {
    const ann = givenChatClient(server.url, 'ann');
    await ann.chat.online();
    server.script(TEXT, (_frame, ack) => ack({statusCode: 503}));
    const sending = ann.chat.sendText({to: GROUP, text: 'one'});
    const edit = ann.chat.edit({id: sending.id}, 'two');
    await Promise.all([sending, edit]);
    const events = server.received.map(({event}) => event);
    expect(events.filter(event => event.startsWith('on-message'))).to.eql([
      TEXT,
      TEXT,
      ChatEvent.MessageEdit,
    ]);
    await ann.until(() => ann.changeSeqs.includes('edit 2'));
  });

  it('refuses what is too much', async () => {
    const {chat} = givenChatClient('http://127.0.0.1:1', 'ann', {maxUnsent: 2});
    const kept = ['one', 'two'].map(text => chat.sendText({to: GROUP, text}));
    const err = await rejection(chat.sendText({to: GROUP, text: 'three'}));
    expect(err).to.containEql({code: 'CHAT_UNAVAILABLE'});
    const closed = Promise.all(kept.map(each => rejection(each)));
    await chat.close();
    expect((await closed).map(({message}) => message)).to.have.length(2);
  });

  it('refuses what cannot be encoded, and keeps nothing of it', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    const text = 5 as unknown as string;
    const err = await rejection(chat.sendText({to: GROUP, text}));
    expect(err).to.containEql({code: 'CHAT_INPUT_INVALID'});
    expect(chat.unsent).to.equal(0);
  });

  it('sends every kind of message and change', async () => {
    const {chat} = givenChatClient(server.url, 'ann');
    const to = {channel: 'g', type: 'task'};
    const url = 'https://example.com/a.png';
    await chat.sendImage({to, url});
    await chat.sendImage({to, attachmentId: 'a1'});
    for (const kind of ['video', 'audio', 'file'] as const) {
      await chat.sendFile({to, kind, attachmentId: 'a2'});
    }
    const message = {id: 'm', channelId: 'g'};
    await chat.remove(message);
    await chat.react(message, '👍');
    await chat.react(message, '👍', {removed: true});
    await chat.notify({to: 'bob', type: NotifyType.ADD_FRIEND, remark: 'Hi'});
    await chat.answerNotification('n', 3);
    const sent = server.received.filter(
      ({event}) => !/sync|received/.test(event),
    );
    expect(sent.map(({event}) => event)).to.eql([
      ...['on-message:image', 'on-message:image'],
      ...['on-message:video', 'on-message:audio', 'on-message:file'],
      ...['on-message:delete', 'on-message:reaction', 'on-message:reaction'],
      ...['on-notify', 'on-notify'],
    ]);
    const reaction = FRAMES.Reaction.decode(sent[7].frame as Uint8Array);
    expect(reaction).to.containEql({emoji: '👍', removed: true});
    const image = FRAMES.Message.decode(sent[1].frame as Uint8Array);
    expect(image).to.containEql({image: 'a1', channelType: 'task'});
  });

  it('wants one content of an image', () => {
    const {chat} = givenChatClient(server.url, 'ann');
    for (const content of [{}, {url: 'https://a', attachmentId: 'b'}]) {
      expect(() => chat.sendImage({to: GROUP, ...content})).to.throw(ChatError);
    }
  });

  it('answers in the thread and channel of a message', async () => {
    const ann = givenChatClient(server.url, 'ann');
    const bob = givenChatClient(server.url, 'bob');
    await Promise.all([ann.chat.online(), bob.chat.online()]);
    bob.chat.on('message', (message, {isOwn}) => {
      if (!isOwn) void bob.chat.reply(message, `You said ${message.text}`);
    });
    const {id} = await ann.chat.sendText({to: {user: 'bob'}, text: 'Hi'});
    await ann.until(() => ann.messages.length === 2);
    expect(ann.messages[1]).to.containEql({
      text: 'You said Hi',
      parentMessageId: id,
      channelId: 'ann+bob',
    });
  });

  context('with a store', () => {
    it('sends what a former run did not, before all else', async () => {
      const store = givenStore();
      const first = givenChatClient('http://127.0.0.1:1', 'ann', {store});
      const lost = ['one', 'two'].map(text =>
        rejection(first.chat.sendText({to: GROUP, text})),
      );
      await first.chat.close();
      await Promise.all(lost);
      const {chat} = givenChatClient(server.url, 'ann', {store});
      await chat.sendText({to: GROUP, text: 'three'});
      expect(textsAt(server)).to.eql(['one', 'two', 'three']);
    });

    it('gives up what cannot be sent of it, and sends the rest', async () => {
      const entries = [
        {id: 'a', lane: 'group g', event: TEXT, frame: {text: 5}},
        {id: 'b', lane: 'group g', event: 'on-auth', frame: {}},
        {id: 'c', lane: 'group g', event: TEXT, frame: null},
        {
          ...{id: 'd', lane: 'group g', event: TEXT},
          frame: {id: 'd', text: 'last', session: 2, receiver: 'g'},
        },
      ];
      const store = {
        load: (name: string) => name === 'outbox' && JSON.stringify(entries),
        save: () => undefined,
      } as ChatClientOptions['store'];
      const ann = givenChatClient(server.url, 'ann', {store});
      await ann.until(() => ann.messages.length === 1 && !ann.chat.unsent);
      expect(textsAt(server)).to.eql(['last']);
      const codes = ann.errors.map(err => (err as ChatError).code);
      expect(codes).to.eql(['CHAT_INPUT_INVALID', 'CHAT_INTERNAL']);
    });

    it('overlooks rubbish in it', async () => {
      const texts = ['{', '5', '[5, {}, {"id": "a"}]'];
      for (const text of texts) {
        const store = {load: () => text, save: () => undefined};
        const {chat} = givenChatClient(server.url, 'ann', {store});
        await chat.online();
        expect(chat.unsent).to.equal(0);
      }
    });
  });
});

function givenStore(): NonNullable<ChatClientOptions['store']> {
  const texts = new Map<string, string>();
  return {
    load: name => texts.get(name),
    save: (name, text) => void texts.set(name, text),
  };
}

function framesAt(server: FakeChatServer) {
  return server.frames(TEXT).map(bytes => FRAMES.Message.decode(bytes));
}

function textsAt(server: FakeChatServer): unknown[] {
  return framesAt(server).map(({text}) => text);
}

function idsAt(server: FakeChatServer): unknown[] {
  return framesAt(server).map(({id}) => id);
}

function tick(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
