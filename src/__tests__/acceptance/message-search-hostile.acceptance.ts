import {expect} from '@loopback/testlab';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  expectError,
  givenConversation,
  type Conversation,
} from '../fixtures/conversation';
import {givenRandom} from '../fixtures/random';
import {search, textsFound, type SearchAnswer} from '../fixtures/search';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Hostile searches', store => {
  const chat = givenChatAppOfSuite({store});
  const isMysql = store.database === 'mysql';
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  afterEach('nothing failed inside', () => {
    const faults = chat().logger.lines.filter(line => line.level === 'error');
    expect(faults).to.deepEqual([]);
  });

  const say = async (body: string) => {
    const {channelId} = talk;
    const answer = await talk.ann.post('/messages', {channelId, body});
    expect(answer.status).to.equal(200);
    return answer.body;
  };

  for (const [title, query, path] of [
    ['an empty q', {q: ''}, 'q'],
    ['a q of white space', {q: ' \t\n'}, 'q'],
    ['a q of signs', {q: '%_\\ *:&|!()<->"\'`~@#$^-=+[]{};,./?'}, 'q'],
    ['a q of emoji', {q: '😀👍❤️'}, 'q'],
    ['a q of 201 characters', {q: 'x'.repeat(201)}, 'q'],
    ['a q of 10 kB', {q: 'ab '.repeat(2000)}, 'q'],
    ['a q with NUL', {q: 'a\0b'}, 'q'],
    ['a limit of 0', {q: 'x', limit: 0}, 'limit'],
    ['a limit of 101', {q: 'x', limit: 101}, 'limit'],
    ['a limit of -1', {q: 'x', limit: -1}, 'limit'],
    ['a channelId that is none', {q: 'x', channelId: ' '}, 'channelId'],
    [
      'a channelId that is too long',
      {q: 'x', channelId: 'x'.repeat(65)},
      'channelId',
    ],
    ['a before that is none', {q: 'x', before: 'x'}, 'before'],
  ] as [string, Record<string, string | number>, string][]) {
    it(`answers 422 to ${title}`, async () => {
      expectError(await search(talk.bob, query), 422, path);
    });
  }

  it('answers 422 to no q', async () => {
    expectError(await talk.bob.get('/messages/search'), 422, 'q');
  });

  for (const [title, query] of [
    ['two of them', 'q=a&q=b'],
    ['an object', 'q[a]=b'],
    ['a limit that is no number', 'q=a&limit=x'],
    ['a limit of 1.5', 'q=a&limit=1.5'],
    ['a limit of 1e99', 'q=a&limit=1e99'],
    ['two channels', 'q=a&channelId=x&channelId=y'],
  ]) {
    it(`answers 400 or 422 to ${title}`, async () => {
      const {status} = await talk.bob.get(`/messages/search?${query}`);
      expect([400, 422]).to.containEql(status);
    });
  }

  it('answers no operator of a database but by words', async () => {
    await say('plain words stay plain');
    for (const [q, isFound] of [
      ['+plain -stay', true],
      ['plain & !words', true],
      ['plain | nothing', false],
      ['"plain words', true],
      ["plain' words", true],
      ["'plain':* & 'words'", true],
      ['plain:A <-> words', false],
      ['plain) OR (1=1', false],
      ["plain'; DROP TABLE messages; --", false],
      ['plain* ~words (stay', true],
      ['>plain <words @3', false],
      ['plain\\ words\\', true],
      ['plain% _words_', !isMysql],
      ['plain $1 ? :q', false],
      ['(?i)plain', false],
      ['plain.*', true],
    ] as [string, boolean][]) {
      const answer = await search(talk.bob, {q});
      expect([q, answer.status]).to.eql([q, 200]);
      expect([q, textsFound(answer).length === 1]).to.eql([q, isFound]);
    }
  });

  it('looks for what is no text as it is written', async () => {
    await say('ED A0 80 FF FE');
    // Half of a character, what is no UTF-8, what is no encoding.
    for (const q of ['%ED%A0%80', '%FF%FE', '%FF%F']) {
      const answer = await talk.bob.get<SearchAnswer>(
        `/messages/search?q=${q}`,
      );
      expect([200, 422]).to.containEql(answer.status);
    }
  });

  it('answers 200 or 422 to letters and signs of any kind', async () => {
    const random = givenRandom(4);
    for (let count = 0; count < 60; count++) {
      const points = Array.from({length: 1 + random.below(40)}, () => {
        const point = random.below([0x80, 0x3000, 0x30000][random.below(3)]);
        return point >= 0xd800 && point < 0xe000 ? 0x20 : point || 0x20;
      });
      const q = String.fromCodePoint(...points);
      const {status} = await search(talk.bob, {q});
      if (![200, 422].includes(status)) {
        throw new Error(`${status} to ${JSON.stringify(q)}`);
      }
    }
  });
});
