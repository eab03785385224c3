import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
} from '../fixtures/conversation';
import type {HttpAnswer, HttpErrorBody} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';

const RESOURCES = ['/messages', '/message-recipients', '/attach-files'];
const SECRET = 'A private text of Ann';
const INJECTIONS = [
  "' OR 1=1 --",
  "'; DROP TABLE messages; --",
  '1) UNION SELECT * FROM chat_channel_members --',
  '"; SELECT pg_sleep(9); --',
  '`id` = `id`',
  '$1',
  '? OR 1=1',
  ':id',
  '%00',
  'id\u0000',
  '${process.env}',
  '{"gt":""}',
];

/** Filters that carry an injection where names and keywords go. */
const REFUSED: [string, (text: string) => object][] = [
  ['a property of where', text => ({where: {[text]: 1}})],
  ['an operator', text => ({where: {id: {[text]: 'x'}}})],
  ['an id', text => ({where: {id: text}})],
  ['ids', text => ({where: {id: {inq: [text]}}})],
  ['order', text => ({order: [text]})],
  ['the direction of order', text => ({order: [`id ${text}`]})],
  ['fields', text => ({fields: [text]})],
  ['fields as flags', text => ({fields: {[text]: true}})],
  ['include', text => ({include: [text]})],
  ['a relation', text => ({include: [{relation: text}]})],
  ['limit', text => ({limit: text})],
  ['offset', text => ({offset: text})],
  ['a key of the filter', text => ({[text]: 1})],
];

const NEW: [string, (talk: Conversation) => object][] = [
  ['/messages', ({channelId}) => ({channelId, body: 'x'})],
  [
    '/message-recipients',
    ({first, bobId}) => ({messageId: first.id, recipientId: bobId}),
  ],
  ['/attach-files', ({channelId}) => ({channelId, metaData: {a: 1}})],
];

const POLLUTIONS = [
  '"__proto__": {"polluted": true}',
  '"constructor": {"prototype": {"polluted": true}}',
  '"metaData": {"__proto__": {"polluted": true}}',
  '"metaData": {"constructor": {"prototype": {"polluted": true}}}',
  '"metaData": {"a": {"__proto__": {"polluted": true}}}',
];

function nested(open: string, close: string, depth: number): string {
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

describeOverStores('Hostile requests', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  before(async () => {
    talk = await givenConversation(chat());
    await talk.ann.patch(`/messages/${talk.first.id}`, {body: SECRET});
  });

  afterEach('all is as it was, and nothing private is in the log', async () => {
    const {body} = await talk.bob.get(`/messages/${talk.first.id}`);
    expect(body.body).to.equal(SECRET);
    expect(Object.keys(Object.prototype)).to.deepEqual([]);
    expect(({} as {polluted?: true}).polluted).to.be.undefined();
    expect(chat().logger.lines).to.deepEqual([]);
  });

  /** Holds an answer to 4xx and to the one shape; it tells nothing of the store. */
  function expectRefusal(answer: HttpAnswer, ...statuses: number[]): void {
    expect(statuses).to.containEql(answer.status);
    const {error, ...others} = answer.body as HttpErrorBody;
    expect(others).to.deepEqual({});
    const names = Object.keys(error).filter(name => name !== 'details');
    expect(names.sort()).to.deepEqual([
      'code',
      'message',
      'name',
      'statusCode',
    ]);
    expect(error.statusCode).to.equal(answer.status);
    expect(answer.text).to.not.match(/sequelize|node_modules|[.]js:|ER_[A-Z]/i);
    expect(answer.text).to.not.containEql(SECRET);
  }

  for (const resource of RESOURCES) {
    for (const [place, toFilter] of REFUSED) {
      it(`answers 422 to injections by ${place} of ${resource}`, async () => {
        for (const text of INJECTIONS) {
          const path = asking(resource, {filter: toFilter(text)});
          expectRefusal(await talk.bob.get(path), 422);
        }
      });
    }

    it(`finds nothing by injections as values of ${resource}`, async () => {
      for (const text of INJECTIONS) {
        if (text.includes('\0')) continue;
        const where = {or: [{channelId: text}, {createdBy: text}]};
        const list = await talk.bob.get(asking(resource, {filter: {where}}));
        expect([list.status, list.body]).to.deepEqual([200, []]);
        const counting = asking(`${resource}/count`, {where});
        expect((await talk.bob.get<object>(counting)).body).to.deepEqual({
          count: 0,
        });
      }
    });

    it(`answers 422 to injections in bulk conditions of ${resource}`, async () => {
      for (const text of INJECTIONS) {
        for (const where of [{[text]: 1}, {id: text}]) {
          expectRefusal(
            await talk.bob.patch(asking(resource, {where}), {}),
            422,
          );
        }
      }
    });

    it(`answers 404 to injections as ids of ${resource}`, async () => {
      for (const text of INJECTIONS) {
        const path = `${resource}/${encodeURIComponent(text)}`;
        expectRefusal(await talk.bob.get(path), 404);
        expectRefusal(await talk.bob.delete(path), 404);
        expectRefusal(await talk.bob.patch(path, {}), 404);
      }
    });

    it(`bounds the lists of where of ${resource}`, async () => {
      const path = `${resource}/count`;
      const inq = Array.from({length: 1001}, (_, index) => `${index}`);
      const tooLong = {createdBy: {inq}};
      expectRefusal(await talk.bob.get(asking(path, {where: tooLong})), 422);
      const where = {createdBy: {inq: inq.slice(0, 1000)}};
      expect((await talk.bob.get(asking(path, {where}))).status).to.equal(200);
    });

    it(`answers 4xx to filters that are deep, of ${resource}`, async () => {
      // Beyond 16 kB Node.js answers by itself, without a body.
      for (const text of [nested('[', ']', 7000), nested('{"a":', '}', 1100)]) {
        const raw = text.replace(/"/g, '%22');
        expectRefusal(
          await talk.bob.get(`${resource}?filter=${raw}`),
          400,
          422,
        );
        expectRefusal(
          await talk.bob.get(`${resource}/count?where=${raw}`),
          400,
          422,
        );
      }
    });
  }

  for (const [path, draft] of NEW) {
    it(`answers 4xx to pollution by ${path}`, async () => {
      const text = JSON.stringify(draft(talk)).slice(0, -1);
      for (const pollution of POLLUTIONS) {
        const answer = await talk.bob.post(path, `${text}, ${pollution}}`);
        expectRefusal(answer, 400, 422);
      }
    });

    it(`answers 413 to 10 MB for ${path}`, async () => {
      const body = 'x'.repeat(10_000_000);
      expectRefusal(await talk.bob.post(path, {...draft(talk), body}), 413);
    });

    it(`answers 4xx to 10,000 levels for ${path}`, async () => {
      for (const name of ['body', 'metaData', 'nope']) {
        const rest = JSON.stringify(draft(talk)).slice(0, -1);
        for (const [open, close] of [
          ['[', ']'],
          ['{"a":', '}'],
        ]) {
          const deep = nested(open, close, 10_000);
          const answer = await talk.bob.post(
            path,
            `${rest}, "${name}": ${deep}}`,
          );
          expectRefusal(answer, 400, 422);
        }
      }
    });

    it(`answers 422 to unknown properties for ${path}`, async () => {
      for (const name of [
        'nope',
        'deleted',
        'createdBy',
        'toString',
        '$where',
      ]) {
        const answer = await talk.bob.post(path, {...draft(talk), [name]: 1});
        expectError(answer, 422, name);
        expectRefusal(answer, 422);
      }
    });

    it(`answers 415 to other types for ${path}`, async () => {
      for (const type of [
        'text/plain',
        'application/xml',
        'text/html',
        'image/png',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        const headers = {'Content-Type': type};
        const body = JSON.stringify(draft(talk));
        expectRefusal(await talk.bob.post(path, body, headers), 415);
      }
    });

    it(`answers 400 to what is no JSON for ${path}`, async () => {
      for (const text of [
        '{',
        '{"a": 1,}',
        "{'a': 1}",
        'undefined',
        '\u0000',
      ]) {
        expectRefusal(await talk.bob.post(path, text), 400);
      }
    });
  }

  it('lives on', async () => {
    const missing = await talk.bob.get(`/messages/${randomUUID()}`);
    expectRefusal(missing, 404);
  });
});
