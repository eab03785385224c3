import {expect} from '@loopback/testlab';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  expectError,
  givenConversation,
  type Conversation,
} from '../fixtures/conversation';
import {search, textsFound} from '../fixtures/search';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Search for messages', store => {
  const chat = givenChatAppOfSuite({store});
  const isMysql = store.database === 'mysql';
  const ignoresAccents = isMysql || store.database === 'memory';
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

  /** Says whether Bob finds a text by each of the queries. */
  async function expectFound(
    body: string,
    queries: Record<string, boolean>,
  ): Promise<void> {
    await say(body);
    const found: Record<string, boolean> = {};
    for (const q of Object.keys(queries)) {
      const answer = await search(talk.bob, {q});
      expect(answer.status).to.equal(200);
      found[q] = textsFound(answer).includes(body);
    }
    expect(found).to.deepEqual(queries);
  }

  it('finds words, in any order and case, by their beginnings', async () => {
    await expectFound('The quick brown Fox jumps', {
      quick: true,
      'fox quick': true,
      'JUMPS The': true,
      bro: true,
      'ju br qu': true,
      'quick quick': true,
      own: false,
      'quick cat': false,
      quickest: false,
    });
  });

  it('finds short and common words', async () => {
    await expectFound('Hi, is it ok to be at 7 o’clock? No', {
      hi: true,
      'is it': true,
      'ok 7': true,
      no: true,
      clock: true,
      'hi nope': false,
      'hi clocks': false,
      me: false,
      8: false,
    });
  });

  it('finds words between signs, in addresses and in HTML', async () => {
    await expectFound(
      'a<bold and c>d <b>tag</b> foo-bar.example.com/path?x=1&amp; me@mail.org',
      {
        bold: true,
        and: true,
        tag: true,
        bar: true,
        example: true,
        'foo-bar.example.com': true,
        path: true,
        amp: true,
        'mail.org': true,
        '<b>tag</b>': true,
        '"bar foo"': true,
      },
    );
  });

  it('takes what an underscore joins for one word on MySQL', async () => {
    await expectFound('a snake_case name', {
      snake_case: true,
      snake: true,
      case: !isMysql,
      'snake case': !isMysql,
    });
  });

  it('ignores accents on MySQL and in memory, and the case of all', async () => {
    await expectFound('Un ÉCLAIR au café', {
      éclair: true,
      Café: true,
      'cafe\u0301': true,
      cafe: ignoresAccents,
      eclair: ignoresAccents,
    });
  });

  it('finds Chinese, Japanese and Korean by the beginning of a run', async () => {
    await expectFound('你好世界，再见。カタカナ 한국어를', {
      你好: true,
      你: true,
      再见: true,
      カタ: true,
      한국: true,
      // A word within a run cannot be told.
      世界: false,
    });
  });

  it('finds other scripts', async () => {
    await expectFound('Привет नमस्ते สวัสดี שלום', {
      привет: true,
      नमस्ते: true,
      สวัสดี: true,
      שלום: true,
    });
  });

  it('tells where the words are', async () => {
    const body = '😀 <b>Tea</b> 👩‍👩‍👧 & teapots, TEA! steam';
    await say(body);
    const {body: page} = await search(talk.bob, {q: 'tea'});
    const [{message, highlights}] = page.messages;
    expect(message.body).to.equal(body);
    const marked = highlights.map(({start, end}) => body.slice(start, end));
    expect(marked).to.deepEqual(['Tea', 'teapots', 'TEA']);
  });

  it('tells of a long text where the first fifty are', async () => {
    await say('tea '.repeat(4000));
    const {body: page} = await search(talk.bob, {q: 'tea'});
    expect(page.messages[0].highlights).to.have.length(50);
  });

  it('is no message of the name "search"', async () => {
    const answer = await search(talk.bob, {q: 'first'});
    expect(answer.body).to.have.property('messages');
    expectError(await talk.bob.get('/messages/Search'), 404);
  });
});
