import {expect} from '@loopback/testlab';
import {createHmac} from 'crypto';
import {UnsecuredJWT} from 'jose';
import {givenChatApp, givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenClient, connect, refusal} from '../fixtures/device';
import {HttpClient, type HttpErrorBody} from '../fixtures/http-client';
import {givenToken, JWT_ISSUER, JWT_SECRET} from '../fixtures/token';

const IN_AN_HOUR = () => Math.floor(Date.now() / 1000) + 3600;

/** Signs any header and payload with the right key. */
function signed(header: object, payload: object): string {
  const text = [header, payload]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const mac = createHmac('sha256', JWT_SECRET).update(text);
  return `${text}.${mac.digest('base64url')}`;
}

const HEADER = {alg: 'HS256'};
const CLAIMS = {
  id: 'ann',
  iss: JWT_ISSUER,
  permissions: ['ViewMessage', 'CreateMessage'],
};

/** Texts in the place of a token that let nobody in. */
const BAD_TOKENS: [string, () => string | Promise<string>][] = [
  ['rubbish', () => 'rubbish'],
  ['three dots', () => '...'],
  ['an expired one', () => givenToken('ann', {expiresAt: '-1m'})],
  ['one of another key', () => givenToken('ann', {secret: 'x'.repeat(32)})],
  ['one of another issuer', () => givenToken('ann', {issuer: 'another'})],
  [
    'alg none',
    () => new UnsecuredJWT({...CLAIMS}).setExpirationTime('1h').encode(),
  ],
  [
    'alg none with a signature',
    () => signed({alg: 'none'}, {...CLAIMS, exp: IN_AN_HOUR()}),
  ],
  ['another alg', () => signed({alg: 'RS256'}, {...CLAIMS, exp: IN_AN_HOUR()})],
  ['one without exp', () => signed(HEADER, CLAIMS)],
  ['an exp that is a text', () => signed(HEADER, {...CLAIMS, exp: '9e9'})],
  [
    'one that is not valid yet',
    () => signed(HEADER, {...CLAIMS, exp: IN_AN_HOUR(), nbf: IN_AN_HOUR()}),
  ],
  [
    'an unknown critical header',
    () =>
      signed({...HEADER, crit: ['x'], x: 1}, {...CLAIMS, exp: IN_AN_HOUR()}),
  ],
  ['one without id', () => givenToken('ann', {claims: {id: undefined}})],
  ['an empty id', () => givenToken('')],
  ['an id of 65 characters', () => givenToken('x'.repeat(65))],
  ['an id with a space', () => givenToken('ann ')],
  ['an id with NUL', () => givenToken('a\0nn')],
  ['an id that is an object', () => givenToken('', {claims: {id: {a: 1}}})],
  [
    'one that is too long',
    () => givenToken('ann', {claims: {filler: 'x'.repeat(9000)}}),
  ],
];

describe('Bad tokens', () => {
  const chat = givenChatAppOfSuite();

  afterEach('nothing of a token is logged', () => {
    expect(chat().logger.lines).to.deepEqual([]);
  });

  function expectRefused(err: Awaited<ReturnType<typeof refusal>>): void {
    expect(err.message).to.equal('A valid access token is required.');
    expect(err.data).to.deepEqual({
      statusCode: 401,
      code: 'CHAT_UNAUTHENTICATED',
    });
  }

  context('when a socket connects', () => {
    for (const [title, make] of BAD_TOKENS) {
      it(`refuses ${title}`, async () => {
        const token = await make();
        expectRefused(await refusal(givenClient(chat().url, {auth: {token}})));
      });
    }

    for (const auth of [
      {},
      {token: null},
      {token: ''},
      {token: 42},
      {token: true},
      {token: {}},
      {token: ['x']},
      {token: {toString: 'x', length: 1}},
    ]) {
      it(`refuses ${JSON.stringify(auth)}`, async () => {
        expectRefused(await refusal(givenClient(chat().url, {auth})));
      });
    }

    it('refuses a good token in the query string', async () => {
      const token = await givenToken('ann');
      const query = {token, access_token: token, auth: token};
      expectRefused(await refusal(givenClient(chat().url, {query})));
    });

    it('takes a good token in the Authorization header', async () => {
      const token = await givenToken('ann');
      const extraHeaders = {Authorization: `Bearer ${token}`};
      await connect(givenClient(chat().url, {extraHeaders}));
    });

    it('takes a good token by polling', async () => {
      const device = await chat().device('ann', {}, {transports: ['polling']});
      expect(device.socket.connected).to.be.true();
    });

    it('refuses another namespace', async () => {
      const auth = {token: await givenToken('ann')};
      const err = await refusal(givenClient(`${chat().url}/admin`, {auth}));
      expect(err.message).to.equal('Invalid namespace');
    });

    it('processes no frame of a socket that was refused', async () => {
      const socket = givenClient(chat().url, {auth: {token: 'rubbish'}});
      await refusal(socket);
      expect(socket.connected).to.be.false();
      expect((await chat().device('bob')).received).to.be.empty();
    });
  });

  context('when a request is made', () => {
    for (const [title, make] of BAD_TOKENS) {
      it(`answers 401 to ${title}`, async () => {
        const token = encodeURI(await make());
        const http = new HttpClient(chat().url, token);
        const {status, body} = await http.find<HttpErrorBody>();
        expect(status).to.equal(401);
        expect(body).to.deepEqual({
          error: {
            statusCode: 401,
            name: 'ChatError',
            message: 'A valid access token is required.',
            code: 'CHAT_UNAUTHENTICATED',
          },
        });
      });
    }

    for (const header of [
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer a b',
    ]) {
      it(`answers 401 to 'Authorization: ${header}'`, async () => {
        const http = new HttpClient(chat().url);
        const headers = {Authorization: header};
        const answer = await http.post('/messages', {body: 'x'}, headers);
        expect(answer.status).to.equal(401);
      });
    }

    it('answers 401 to a good token in the query string', async () => {
      const token = await givenToken('ann');
      const http = new HttpClient(chat().url);
      for (const name of ['token', 'access_token']) {
        const {status} = await http.get(`/messages?${name}=${token}`);
        expect(status).to.equal(401);
      }
    });

    it('takes the scheme in any case', async () => {
      const headers = {authorization: `bearer ${await givenToken('ann')}`};
      const http = new HttpClient(chat().url);
      const {status} = await http.request('GET', '/messages', {headers});
      expect(status).to.equal(200);
    });
  });

  context('when the token expires while connected', () => {
    it('ends the connection', async () => {
      const expiresAt = Math.floor(Date.now() / 1000) + 2;
      const device = await chat().device('ann', {expiresAt});
      const other = await chat().device('ann');
      await device.ended();
      expect(Date.now()).to.be.aboveOrEqual(expiresAt * 1000 - 50);
      expect(other.socket.connected).to.be.true();
    });

    it('keeps a connection whose token lasts longer than a timer', async () => {
      const inAYear = Math.floor(Date.now() / 1000) + 365 * 24 * 3600;
      const device = await chat().device('ann', {expiresAt: inAYear});
      const ack = await device.emit('nope');
      expect(ack).to.containEql({statusCode: 404});
    });
  });

  context('when the handshake is never finished', () => {
    it('ends the connection', async () => {
      const {url} = await givenChatApp({
        config: {realtime: {handshakeTimeoutMs: 50}},
      });
      const http = new HttpClient(url);
      const path = '/socket.io/?EIO=4&transport=polling';
      const {text} = await http.get(path);
      const {sid} = JSON.parse(text.slice(1));
      const end = await http.get(`${path}&sid=${sid}`);
      expect(end.text).to.equal('1');
    });
  });
});
