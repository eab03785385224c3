import {expect} from '@loopback/testlab';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import type {
  HttpClient,
  HttpErrorBody,
  RestMessage,
} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const NESTED = [1, 2, 3, 4, 5, 6].reduce<object>(where => ({and: [where]}), {
  seq: 1,
});
const MANY = Array.from({length: 101}, (_, seq) => ({seq}));
const NUMBERS = Array.from({length: 1001}, (_, seq) => seq);

function included(scope: object): object {
  return {include: [{relation: 'messages', scope}]};
}

/** Filters that are refused, each with the path of the problem. */
const REFUSED: [string, unknown][] = [
  ['fields', {fields: {bdy: true}}],
  ['fields', {fields: ['bdy']}],
  ['fields', {fields: 'body'}],
  ['fields', {fields: null}],
  ['fields', {fields: 5}],
  ['order', {order: ['bdy ASC']}],
  ['order', {order: ['seq; DROP TABLE messages']}],
  ['order', {order: 'seq SIDEWAYS'}],
  ['order', {order: null}],
  ['limit', {limit: 100_000}],
  ['limit', {limit: 0}],
  ['limit', {limit: -1}],
  ['limit', {limit: 1.5}],
  ['limit', {limit: null}],
  ['offset', {offset: -1}],
  ['offset', {offset: 1e15}],
  ['include', {include: ['nope']}],
  ['include', {include: 'messages'}],
  ['include', {include: ['messages', 'messages']}],
  ['include', {include: [{relation: 'messages', limit: 1}]}],
  ['include.messages.limit', included({limit: 1001})],
  ['include.messages.where', included({where: {nope: 1}})],
  ['include.messages.where.body', included({where: {body: {like: '%'}}})],
  [
    'include.messages.include.messages.include.messages.include',
    included(included(included({include: ['parentMessage']}))),
  ],
  ['where', {where: {nope: 1}}],
  ['where', {where: {constructor: 'x'}}],
  ['where', {where: 5}],
  ['where', {where: null}],
  ['where', {where: []}],
  ['where.body', {where: {body: {regexp: '^(a+)+$'}}}],
  ['where.body', {where: {body: {like: '%a%'}}}],
  ['where.body', {where: {body: {nlike: '%a%'}}}],
  ['where.body', {where: {body: {ilike: '%a%'}}}],
  ['where.body', {where: {body: {}}}],
  ['where.body', {where: {body: 1}}],
  ['where.body', {where: {body: 'a\u0000b'}}],
  ['where.body', {where: {body: '\ud800'}}],
  ['where.body', {where: {body: ['a']}}],
  ['where.body', {where: {body: {eq: {seq: 1}}}}],
  ['where.id', {where: {id: 'no uuid'}}],
  ['where.seq', {where: {seq: {inq: NUMBERS}}}],
  ['where.id', {where: {id: {inq: 'x'}}}],
  ['where.seq', {where: {seq: '1 OR 1=1'}}],
  ['where.seq', {where: {seq: 2 ** 40}}],
  ['where.seq', {where: {seq: {between: [1]}}}],
  ['where.seq', {where: {seq: {near: 1}}}],
  ['where.createdOn', {where: {createdOn: {gt: 'yesterday'}}}],
  ['where.createdOn', {where: {createdOn: ['2024-01-01']}}],
  ['where.createdOn', {where: {createdOn: {gt: ['2024-01-01']}}}],
  ['where.createdOn', {where: {createdOn: true}}],
  ['where.deleted', {where: {deleted: 'maybe'}}],
  ['where.or', {where: {or: []}}],
  ['where.or', {where: {or: {seq: 1}}}],
];

/** Filters that reach for what is not the caller's: refused or without effect. */
const REACHING: [string, (id: string, channelId: string) => object][] = [
  ['the channel', (_id, channelId) => ({where: {channelId}})],
  ['the id', id => ({where: {id}})],
  ['or', (id, channelId) => ({where: {or: [{id}, {channelId}]}})],
  ['or with all', () => ({where: {or: [{seq: {gte: 0}}, {deleted: false}]}})],
  ['inq', id => ({where: {id: {inq: [id]}}})],
  ['nin', () => ({where: {channelId: {nin: ['x']}}})],
  ['nin of nothing', () => ({where: {channelId: {nin: []}}})],
  ['neq', () => ({where: {channelId: {neq: 'x'}}})],
  ['neq null', () => ({where: {channelId: {neq: null}}})],
  ['null', () => ({where: {channelId: null}})],
  ['deleted', () => ({where: {deleted: true}})],
  ['empty', () => ({where: {}})],
  ['empty and', () => ({where: {and: [{}, {}]}})],
  ['between null', () => ({where: {seq: {between: [null, 9]}}})],
  ['inq of null', () => ({where: {seq: {inq: [null]}}})],
  ['inq of nothing', () => ({where: {seq: {inq: []}}})],
  ['a far date', () => ({where: {createdOn: {lt: '+200000-01-01T00:00Z'}}})],
  ['an early date', () => ({where: {createdOn: {gt: '-200000-01-01T00:00Z'}}})],
  ['a year of five digits', () => ({where: {createdOn: {lt: 9e14}}})],
];

describeOverStores('Filter of messages', store => {
  const chat = givenChatAppOfSuite({store});
  let http: HttpClient;
  let mine: RestMessage[];
  let ann: string;

  before(async () => {
    ann = givenUserId('ann');
    http = await chat().http(ann);
    mine = [];
    for (const body of ["it's $1 ?", 'b :name', 'c "quoted"', 'd\\n', 'e🌍']) {
      const draft = {toUserId: givenUserId('bob'), body};
      mine.push((await http.post('/messages', draft)).body);
    }
  });

  const bodies = ({body}: {body: RestMessage[]}) => body.map(m => m.body);

  context('when it is a fair one', () => {
    it('selects by where', async () => {
      const {id, channelId} = mine[2];
      const {body, createdOn} = mine[1];
      for (const [where, expected] of [
        [{id}, [mine[2].body]],
        [{id: id.toUpperCase()}, [mine[2].body]],
        [{channelId}, [mine[2].body]],
        [{body}, [body]],
        [{body: "it's $1 ?"}, ["it's $1 ?"]],
        [{body: 'e🌍'}, ['e🌍']],
        [{createdOn, body}, [body]],
        [{body: {inq: [body, 'zz']}}, [body]],
        [{and: [{seq: 1}, {or: [{body}, {body: 'zz'}]}]}, [body]],
        [{seq: {gt: 1}}, []],
        [{subject: null, body}, [body]],
      ] as [object, string[]][]) {
        expect(bodies(await http.find({where}))).to.deepEqual(expected);
      }
    });

    it('orders, limits and skips', async () => {
      const order = ['seq ASC', 'body DESC'];
      const texts = mine.map(({body}) => body).sort();
      const all = await http.find({order: 'body ASC'});
      expect(bodies(all).sort()).to.deepEqual(texts);
      const down = bodies(await http.find({order}));
      expect(bodies(await http.find({order, limit: 2}))).to.deepEqual(
        down.slice(0, 2),
      );
      const page = {order, limit: 2, offset: 2};
      expect(bodies(await http.find(page))).to.deepEqual(down.slice(2, 4));
      const skipping = {order, limit: 2, skip: 2};
      expect(bodies(await http.find(skipping))).to.deepEqual(down.slice(2, 4));
    });

    it('gives only the fields asked for', async () => {
      const {id, body} = mine[0];
      for (const fields of [{id: true, body: true}, ['id', 'body']]) {
        const filter = {where: {id}, fields};
        expect((await http.find(filter)).body).to.deepEqual([{id, body}]);
        const query = encodeURIComponent(JSON.stringify({fields}));
        const one = await http.get(`/messages/${id}?filter=${query}`);
        expect(one.body).to.deepEqual({id, body});
      }
      const without = await http.find({where: {id}, fields: {body: false}});
      expect(without.body[0]).to.containEql({id, seq: 1});
      expect(without.body[0]).to.not.have.property('body');
    });

    it('is understood in the form of a query', async () => {
      const {id, channelId} = mine[0];
      for (const query of [
        `filter[where][id]=${id}`,
        `filter[where][channelId]=${channelId}&filter[limit]=10`,
        `filter[where][id]=${id}&filter[order][0]=seq%20DESC`,
        `filter[where][id]=${id}&filter[where][seq]=1`,
        `filter[where][id]=${id}&filter[where][seq][lt]=2&filter[offset]=0`,
        `filter[where][id]=${id}&filter[where][deleted]=false`,
      ]) {
        const answer = await http.get<RestMessage[]>(`/messages?${query}`);
        expect([query, answer.status, answer.body.length]).to.deepEqual([
          query,
          200,
          1,
        ]);
      }
    });
  });

  context('when it is not', () => {
    for (const [path, filter] of REFUSED) {
      const text = JSON.stringify(filter).slice(0, 60);
      it(`answers 422 to ${text} and names ${path}`, async () => {
        const {status, body} = await http.find<HttpErrorBody>(filter);
        expect([status, body.error?.code]).to.deepEqual([
          422,
          'CHAT_INPUT_INVALID',
        ]);
        const paths = body.error.details?.map(detail => detail.path) ?? [];
        expect(paths).to.containEql(path);
      });
    }

    it('answers 422 to conditions that are too many or too deep', async () => {
      for (const where of [NESTED, {or: MANY}]) {
        const {status} = await http.find({where});
        expect(status).to.equal(422);
      }
    });

    for (const raw of [
      'null',
      '5',
      '"x"',
      '[]',
      '{',
      '{"__proto__":{"limit":1}}',
      '{"where":{"__proto__":{"seq":1}}}',
      '{"where":{"constructor":{"prototype":{}}}}',
    ]) {
      it(`answers 400 or 422, or nothing of others, to ${raw}`, async () => {
        const query = encodeURIComponent(raw);
        for (const path of ['/messages', `/messages/${mine[0].id}`]) {
          const {status} = await http.get(`${path}?filter=${query}`);
          expect(status).to.be.oneOf(200, 400, 422);
        }
      });
    }

    for (const [title, reach] of REACHING) {
      it(`shows nothing of others by ${title}`, async () => {
        const {id, channelId} = mine[0];
        const stranger = await chat().http(givenUserId('eve'));
        const filter = reach(id, channelId);
        const {status, body} = await stranger.find(filter);
        if (status !== 422) expect([status, body]).to.deepEqual([200, []]);
        expect((await http.find(filter)).status).to.equal(status);
      });
    }
  });
});
