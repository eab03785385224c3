import {expect} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import type {RestChannelPage} from '../fixtures/channels';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  expectError,
  givenConversation,
  type Conversation,
} from '../fixtures/conversation';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';

const NO_NUMBERS = [
  ...['NaN', 'Infinity', '-1', '1.5', '2147483648', '1e99', 'x', '%00'],
  ...["1' OR '1'='1", '1; DROP TABLE messages', '', ' ', 'null', '[]', '{}'],
];

const encoded = (value: unknown) =>
  Buffer.from(
    typeof value === 'string' ? value : JSON.stringify(value),
  ).toString('base64url');

const NO_TOKENS = [
  '',
  'x',
  '0',
  '%00',
  '💥',
  "' OR 1=1 --",
  'A'.repeat(100_000).slice(0, 6000),
  encoded(''),
  encoded('{'),
  encoded(null),
  encoded({}),
  encoded([]),
  encoded([1]),
  encoded([1, 'a', 'b']),
  encoded(['1', 'a']),
  encoded([1.5, 'a']),
  encoded([-1, 'a']),
  encoded([1e300, 'a']),
  encoded([1, 1]),
  encoded([1, '']),
  encoded([1, 'x'.repeat(65)]),
  encoded([1, 'a\0']),
  encoded([1, {toString: 'a'}]),
  encoded('[1,"\\ud800"]'),
];

describeOverStores('Hostile requests of channels', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  before(async () => {
    talk = await givenConversation(chat());
  });

  after('nothing was a fault', () => {
    expect(chat().logger.lines).to.deepEqual([]);
  });

  const of = (path: string) => `/channels/${talk.channelId}${path}`;

  for (const [path, name] of [
    ['/channels', 'limit'],
    ['/messages', 'limit'],
    ['/messages', 'before'],
    ['/messages', 'after'],
    ['/changes', 'limit'],
    ['/changes', 'since'],
  ]) {
    it(`answers 422 to what is no number, as ${name} of ${path}`, async () => {
      const place = path === '/channels' ? path : of(path);
      const ask = (query: string) => talk.bob.get<unknown>(`${place}?${query}`);
      for (const value of NO_NUMBERS) {
        expectError(await ask(`${name}=${value}`), 422, name);
      }
      expectError(await ask(`${name}=1&${name}=2`), 422, name);
      expectError(await ask(`${name}[]=1`), 422, name);
      expectError(await ask(`${name}[gt]=1`), 422, name);
    });
  }

  it('answers 422 to a page that is empty or too large', async () => {
    for (const [path, max] of [
      ['/channels', 100],
      [of('/messages'), 1000],
      [of('/changes'), 1000],
    ] as const) {
      const ask = (limit: number) =>
        talk.bob.get<unknown>(`${path}?limit=${limit}`);
      expectError(await ask(0), 422, 'limit');
      expectError(await ask(max + 1), 422, 'limit');
      expect((await ask(max)).status).to.equal(200);
    }
  });

  it('answers 422 to a token that is not its own', async () => {
    for (const token of NO_TOKENS) {
      const path = `/channels?pageToken=${encodeURIComponent(token)}`;
      expectError(await talk.bob.get<unknown>(path), 422, 'pageToken');
    }
    for (const query of ['pageToken=a&pageToken=b', 'pageToken[a]=b']) {
      const answer = await talk.bob.get<unknown>(`/channels?${query}`);
      expectError(answer, 422, 'pageToken');
    }
  });

  it('takes what a token names as a name and nothing else', async () => {
    for (const id of ["' OR 1=1 --", '$1', '?', '%', '"; DROP TABLE x; --']) {
      const token = encoded([Date.now() + 1000, id]);
      const path = `/channels?pageToken=${token}`;
      const {status, body} = await talk.bob.get<RestChannelPage>(path);
      expect(status).to.equal(200);
      expect(body.channels).to.have.length(1);
    }
    const first = encoded([0, 'a']);
    const none = await talk.bob.get<object>(`/channels?pageToken=${first}`);
    expect(none.body).to.deepEqual({channels: []});
  });

  it('answers 422 to a cursor that is none', async () => {
    for (const body of [
      {},
      {readSeq: -1},
      {readSeq: 1.5},
      {readSeq: 2 ** 31},
      {readSeq: '1; DROP TABLE messages'},
      {readSeq: 'x'},
      {readSeq: [1]},
      {readSeq: null},
      {receivedSeq: -1},
      {receivedSeq: 1e300},
      {readSeq: 1, receivedSeq: -1},
      {readSeq: 1, userId: talk.annId},
      {readSeq: 1, seq: 1},
      [],
    ]) {
      expectError(await talk.bob.put(of('/cursor'), body), 422);
    }
    for (const text of ['{', 'null']) {
      expectError(await talk.bob.put(of('/cursor'), text), 400);
    }
    const {body} = await talk.bob.get<object[]>(of('/cursor'));
    const cursor = {receivedSeq: 0, readSeq: 0};
    expect(body).to.deepEqual([
      {userId: talk.annId, ...cursor},
      {userId: talk.bobId, ...cursor},
    ]);
  });

  it('checks what comes past REST as well', async () => {
    const {app} = chat();
    const channels = await app.get(ChatServiceBindings.ChannelService);
    const receipts = await app.get(ChatServiceBindings.ReceiptService);
    const user = {id: talk.bobId, permissions: []};
    const id = talk.channelId;
    for (const wrong of [NaN, -1, 1.5, Infinity, 2 ** 31, '1 OR 1', [1], {}]) {
      const limit = wrong as number;
      const calls: [string, () => Promise<unknown>][] = [
        ['limit', () => channels.list(user, {limit})],
        ['limit', () => channels.history(user, id, {limit})],
        ['before', () => channels.history(user, id, {before: limit})],
        ['since', () => channels.changes(user, id, {since: limit})],
        ['readSeq', () => receipts.move(user, id, {readSeq: limit})],
      ];
      for (const [path, call] of calls) {
        expect(await rejection(call())).to.containDeep({
          code: 'CHAT_INPUT_INVALID',
          details: [{path}],
        });
      }
      const move = {channelId: id, userId: user.id, readSeq: limit};
      expect(await receipts.moveMany([move])).to.deepEqual([undefined]);
    }
  });
});
