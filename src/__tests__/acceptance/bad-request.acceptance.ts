import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import type {HttpErrorBody} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const UUID = randomUUID();

/** Bodies that are refused, each with the path of the problem. */
const BAD_BODIES: [string, object][] = [
  ['body', {toUserId: 'bob'}],
  ['body', {toUserId: 'bob', body: ''}],
  ['body', {toUserId: 'bob', body: 5}],
  ['body', {toUserId: 'bob', body: null}],
  ['body', {toUserId: 'bob', body: ['x']}],
  ['body', {toUserId: 'bob', body: 'a\u0000b'}],
  ['body', {toUserId: 'bob', body: '\ud83d'}],
  ['body', {toUserId: 'bob', body: '\udf0d\ud83c'}],
  ['body', {toUserId: 'bob', body: 'x'.repeat(16_385)}],
  ['toUserId', {body: 'x'}],
  ['toUserId', {body: 'x', channelType: 'task'}],
  ['toUserId', {toUserId: '', body: 'x'}],
  ['toUserId', {toUserId: 5, body: 'x'}],
  ['toUserId', {toUserId: null, body: 'x'}],
  ['toUserId', {toUserId: 'x'.repeat(65), body: 'x'}],
  ['toUserId', {toUserId: 'x\u0000', body: 'x'}],
  ['toUserId', {toUserId: ' bob', body: 'x'}],
  ['channelId', {channelId: '', channelType: 'task', body: 'x'}],
  ['channelId', {channelId: 'x'.repeat(65), channelType: 'task', body: 'x'}],
  ['channelType', {channelId: 'c', channelType: '', body: 'x'}],
  ['channelType', {channelId: 'c', channelType: 'x'.repeat(65), body: 'x'}],
  ['id', {toUserId: 'bob', body: 'x', id: 'no uuid'}],
  ['id', {toUserId: 'bob', body: 'x', id: 5}],
  ['subject', {toUserId: 'bob', body: 'x', subject: 'x'.repeat(201)}],
  ['subject', {toUserId: 'bob', body: 'x', subject: '\u0000'}],
  ['ext', {toUserId: 'bob', body: 'x', ext: '€'.repeat(1366)}],
  ['ext', {toUserId: 'bob', body: 'x', ext: {a: 1}}],
  ['status', {toUserId: 'bob', body: 'x', status: 1.5}],
  ['status', {toUserId: 'bob', body: 'x', status: 2 ** 31}],
  ['status', {toUserId: 'bob', body: 'x', status: '1'}],
  ['parentMessageId', {toUserId: 'bob', body: 'x', parentMessageId: 'x'}],
  ['parentMessageId', {toUserId: 'bob', body: 'x', parentMessageId: UUID}],
];

/** Properties that only the server sets. */
const SERVER_ONLY = [
  'seq',
  'changeSeq',
  'createdBy',
  'createdOn',
  'modifiedBy',
  'deleted',
  'editedOn',
  'kind',
  'sender',
  '__proto__',
  'constructor',
];

describeOverStores('Bad requests', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: string;

  beforeEach(() => {
    ann = givenUserId('ann');
  });

  function expectInvalid(body: HttpErrorBody, path: string): void {
    const {details, ...rest} = body.error;
    expect(rest).to.containEql({
      statusCode: 422,
      message: 'The input is not valid.',
      code: 'CHAT_INPUT_INVALID',
    });
    expect(details?.map(detail => detail.path)).to.containEql(path);
    for (const detail of details ?? []) {
      expect(Object.keys(detail).sort()).to.deepEqual(['path', 'problem']);
    }
  }

  context('when the body is wrong', () => {
    for (const [path, draft] of BAD_BODIES) {
      const text = JSON.stringify(draft).slice(0, 60);
      it(`answers 422 to ${text} and names ${path}`, async () => {
        const http = await chat().http(ann);
        const answer = await http.post<HttpErrorBody>('/messages', draft);
        expect(answer.status).to.equal(422);
        expectInvalid(answer.body, path);
      });
    }

    for (const name of SERVER_ONLY) {
      it(`answers 4xx to the property ${name}`, async () => {
        const http = await chat().http(ann);
        const text = `{"toUserId": "bob", "body": "x", "${name}": 1}`;
        const answer = await http.post('/messages', text);
        expect(answer.status).to.be.oneOf(400, 422);
        expect((await http.find()).body).to.deepEqual([]);
      });
    }

    it('answers 422 to a message to oneself', async () => {
      const http = await chat().http(ann);
      const draft = {toUserId: ann, body: 'Note to self'};
      const answer = await http.post<HttpErrorBody>('/messages', draft);
      expect(answer.status).to.equal(422);
      expectInvalid(answer.body, 'toUserId');
    });

    for (const text of ['{', '{"body": "x"', 'x', '{"body": "\\ud83d"']) {
      it(`answers 400 to ${text}`, async () => {
        const http = await chat().http(ann);
        const {status, body} = await http.post<HttpErrorBody>(
          '/messages',
          text,
        );
        expect(status).to.equal(400);
        expect(body.error).to.containEql({code: 'CHAT_INPUT_INVALID'});
      });
    }

    for (const text of ['', '[]', 'null', '5', '"x"']) {
      it(`answers 4xx to '${text}' for an object`, async () => {
        const http = await chat().http(ann);
        const {status} = await http.post('/messages', text);
        expect(status).to.be.oneOf(400, 422);
      });
    }

    it('answers 413 to a body that is too large', async () => {
      const http = await chat().http(ann);
      const draft = {toUserId: 'bob', body: 'x'.repeat(2_000_000)};
      const {status, body} = await http.post<HttpErrorBody>('/messages', draft);
      expect(status).to.equal(413);
      expect(body.error.code).to.equal('CHAT_TOO_LARGE');
    });

    it('answers 415 to another media type', async () => {
      const http = await chat().http(ann);
      const headers = {'Content-Type': 'application/xml'};
      const {status, body} = await http.post<HttpErrorBody>(
        '/messages',
        '<x/>',
        headers,
      );
      expect(status).to.equal(415);
      expect(body.error.code).to.equal('CHAT_TYPE_REFUSED');
    });
  });

  context('when the id in the path is none', () => {
    for (const id of [
      'x',
      '1',
      "' OR 1=1 --",
      '%00',
      'null',
      `${UUID}x`,
      'x'.repeat(5000),
    ]) {
      it(`answers 404 to ${id.slice(0, 40)}`, async () => {
        const http = await chat().http(ann);
        const path = `/messages/${encodeURIComponent(id)}`;
        const {status, body} = await http.get<HttpErrorBody>(path);
        expect(status).to.equal(404);
        expect(body.error.code).to.equal('CHAT_NOT_FOUND');
      });
    }
  });

  context('when the text is unusual', () => {
    for (const text of [
      "'; DROP TABLE messages; --",
      '\\\'"`',
      '\\u0000 %s %d {0}',
      '$1 $2 ? ?? :name :id @x',
      ' leading and trailing ',
      '\t\r\n',
      '\u200d\u202e\ufeff',
      '👩‍👩‍👧‍👦 🇩🇪 𝕏',
      'x'.repeat(16_384),
      '🌍'.repeat(16_384),
      '{"json": [1, "\\n"]}',
      '__proto__',
    ]) {
      it(`keeps ${JSON.stringify(text).slice(0, 40)} as it is`, async () => {
        const http = await chat().http(ann);
        const draft = {toUserId: 'bob', subject: text.slice(0, 100)};
        const sent = await http.post('/messages', {...draft, body: text});
        expect(sent.status).to.equal(200);
        const {body} = await http.get(`/messages/${sent.body.id}`);
        expect(body.body === text).to.be.true();
        expect(body).to.deepEqual(sent.body);
      });
    }

    it('keeps unusual ids as they are', async () => {
      for (const id of ["o'hara", '$1', '?', ':id', 'a\\b', 'ü 🌍', '%', '_']) {
        const userId = `${id}${ann}`;
        const http = await chat().http(userId);
        const draft = {toUserId: `${id}${givenUserId('b')}`, body: 'x'};
        const {status, body} = await http.post('/messages', draft);
        expect([id, status, body.createdBy]).to.deepEqual([id, 200, userId]);
        expect((await http.find()).body).to.have.length(1);
      }
    });
  });
});
