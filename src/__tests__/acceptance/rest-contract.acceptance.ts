import {expect} from '@loopback/testlab';
import {PUBLISHED_CONTRACT, type CheckedAnswer} from '../fixtures/api-contract';
import {givenChatApp} from '../fixtures/chat-app';
import {CheckedClient} from '../fixtures/checked-client';

const JSON_TYPE = 'application/json; charset=utf-8';
const ID = 'a2b9e1f8-0000-4000-8000-000000000000';
const ROW = {body: 'x', channelId: 'c', channelType: 'task', seq: 1};
const ERROR = {
  statusCode: 404,
  name: 'E',
  message: 'm',
  code: 'CHAT_NOT_FOUND',
};

function answer(
  status: number,
  body: unknown,
  type = JSON_TYPE,
): CheckedAnswer {
  const text = body === undefined ? '' : JSON.stringify(body);
  return {status, body, text, headers: new Headers({'content-type': type})};
}

/** Answers that the contract does not have, each with what it says to them. */
const WRONG: [string, string, string, CheckedAnswer, RegExp][] = [
  ['an unknown path', 'GET', '/nope', answer(200, {}), /operation/],
  ['an unknown method', 'PUT', '/messages', answer(200, {}), /operation/],
  ['an unknown status', 'GET', '/messages', answer(201, []), /status 201/],
  ['no list', 'GET', '/messages', answer(200, {}), /array/],
  [
    'an unknown property',
    'GET',
    '/messages',
    answer(200, [{...ROW, x: 1}]),
    /"x"/,
  ],
  [
    'a wrong type',
    'GET',
    '/messages',
    answer(200, [{...ROW, seq: '1'}]),
    /integer/,
  ],
  [
    'a null',
    'GET',
    '/messages',
    answer(200, [{...ROW, subject: null}]),
    /string/,
  ],
  [
    'no date',
    'GET',
    '/messages',
    answer(200, [{...ROW, createdOn: '1'}]),
    /date-time/,
  ],
  ['a lack', 'GET', '/messages', answer(200, [{body: 'x'}]), /required/],
  [
    'a wrong inclusion',
    'GET',
    '/messages',
    answer(200, [{...ROW, messageRecipients: [{id: 5}]}]),
    /string/,
  ],
  [
    'a count for a row',
    'GET',
    `/messages/${ID}`,
    answer(200, {count: 1}),
    /count/,
  ],
  ['a row for a count', 'GET', '/messages/count', answer(200, ROW), /count/],
  [
    'a body of 204',
    'DELETE',
    `/messages/${ID}`,
    answer(204, {}),
    /not documented/,
  ],
  [
    'plain text',
    'GET',
    '/messages',
    answer(200, [], 'text/plain'),
    /text\/plain/,
  ],
  [
    'a bare error',
    'GET',
    `/messages/${ID}`,
    answer(404, {error: {}}),
    /statusCode/,
  ],
  [
    'an unknown code',
    'GET',
    `/messages/${ID}`,
    answer(404, {error: {...ERROR, code: 'NOPE'}}),
    /allowed/,
  ],
];

describe('Contract of answers', () => {
  for (const [title, method, path, wrong, problem] of WRONG) {
    it(`detects ${title}`, () => {
      const problems = PUBLISHED_CONTRACT.problemsOf(method, path, wrong);
      expect(problems.join('\n')).to.match(problem);
    });
  }

  it('lets right answers pass', () => {
    for (const [method, path, right] of [
      ['GET', '/messages', answer(200, [ROW])],
      [
        'GET',
        `/messages?filter=${encodeURIComponent('{"fields":["id"]}')}`,
        answer(200, [{id: ID}]),
      ],
      ['GET', '/messages/count?where=%7B%7D', answer(200, {count: 0})],
      ['DELETE', `/messages/${ID}`, answer(204, undefined)],
      ['GET', `/messages/${ID}`, answer(404, {error: ERROR})],
    ] as const) {
      expect(PUBLISHED_CONTRACT.problemsOf(method, path, right)).to.deepEqual(
        [],
      );
    }
  });

  it('makes the client throw', async () => {
    const chat = await givenChatApp();
    const http = new CheckedClient(chat.url);
    await expect(http.get('/nope')).to.be.rejectedWith(/not documented/);
    expect((await http.get('/messages')).status).to.equal(401);
  });
});
