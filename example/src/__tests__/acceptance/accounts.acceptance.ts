import {expect} from '@loopback/testlab';
import {decodeJwt, SignJWT} from 'jose';
import {givenDevice} from '../fixtures/device';
import {describeOverExamples} from '../fixtures/examples';
import {
  givenUser,
  PASSWORD,
  request,
  type Answer,
  type ErrorBody,
  type TestUser,
} from '../fixtures/rest-client';

const REFUSED: [string, object][] = [
  ['the account is missing', {password: PASSWORD}],
  ['the account is empty', {account: '', password: PASSWORD}],
  ['the account is too long', {account: 'x'.repeat(65), password: PASSWORD}],
  ['the account ends in a blank', {account: 'ann ', password: PASSWORD}],
  ['the account has a NUL', {account: 'a\u0000b', password: PASSWORD}],
  ['the account has half a character', {account: '\ud83d', password: PASSWORD}],
  ['the account is no text', {account: {}, password: PASSWORD}],
  ['the password is too short', {account: 'short', password: '1234567'}],
  ['the password is too long', {account: 'long', password: 'x'.repeat(257)}],
  ['the email is none', {account: 'mail', password: PASSWORD, email: 'x'}],
  [
    'the avatar has a NUL',
    {account: 'av', password: PASSWORD, avatar: 'a\u0000'},
  ],
  ['the avatar is empty', {account: 'av', password: PASSWORD, avatar: ''}],
  [
    'the email has a NUL',
    {account: 'm', password: PASSWORD, email: 'a\u0000@x.org'},
  ],
  ['a property is unknown', {account: 'u', password: PASSWORD, role: 'admin'}],
];

describeOverExamples('accounts', accountTests);

function accountTests(url: () => string): void {
  const register = (json: object) =>
    request<TestUser & ErrorBody>(`${url()}/users`, {json});
  const logIn = (json: object) => request(`${url()}/users/login`, {json});
  const me = (token?: string) =>
    request<TestUser & ErrorBody>(`${url()}/users/me`, {token});

  context('when someone registers', () => {
    it('answers the account without its password', async () => {
      const profile = {account: 'Zoë 😀', avatar: 'z.png', email: 'z@x.org'};
      const {status, body} = await register({...profile, password: PASSWORD});
      expect(status).to.equal(200);
      expect(body).to.eql({...profile, id: body.id});
      expect(body.id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    });

    it('answers 409 to the same account in another case', async () => {
      await register({account: 'Twice', password: PASSWORD});
      const again = await register({account: 'tWICE', password: PASSWORD});
      expectError(again, 409, 'ACCOUNT_EXISTS');
    });

    it('lets one of ten at once have the account', async () => {
      const answers = await Promise.all(
        Array.from({length: 10}, () =>
          register({account: 'racer', password: PASSWORD}),
        ),
      );
      const statuses = answers.map(({status}) => status).sort();
      expect(statuses).to.eql([200, ...Array(9).fill(409)]);
    });

    for (const [problem, json] of REFUSED) {
      it(`answers 422 when ${problem}`, async () => {
        expectError(await register(json), 422);
      });
    }

    it('answers 400 to malformed JSON', async () => {
      expectError(await request(`${url()}/users`, {text: '{"account":'}), 400);
    });
  });

  context('when someone logs in', () => {
    it('gives a token that says who it is, and each time another', async () => {
      const {token, id} = await givenUser(url(), 'Tess');
      const {iat = 0, exp = 0, jti, ...claims} = decodeJwt(token);
      const iss = 'loopback4-chat-example';
      expect(claims).to.eql({id, account: 'Tess', iss});
      expect(exp - iat).to.be.within(12 * 60 * 60 - 1, 12 * 60 * 60);
      const again = await givenUser(url(), 'Tess');
      expect(decodeJwt(again.token).jti).to.not.equal(jti);
    });

    it('takes the account in any case', async () => {
      await givenUser(url(), 'Casey');
      const {status} = await logIn({account: 'cASEY', password: PASSWORD});
      expect(status).to.equal(200);
    });

    it('answers the same to a wrong password and an unknown account', async () => {
      await givenUser(url(), 'locked');
      const wrong = await logIn({account: 'locked', password: 'wrong horse'});
      const unknown = await logIn({account: 'nobody', password: PASSWORD});
      expectError(wrong, 401, 'LOGIN_FAILED');
      expect(unknown).to.eql(wrong);
    });

    it('answers 422 to a password too long to be hashed', async () => {
      const password = 'x'.repeat(257);
      expectError(await logIn({account: 'locked', password}), 422);
    });
  });

  context('when someone asks for the own account', () => {
    it('answers it', async () => {
      const {token, id} = await givenUser(url(), 'Mia');
      const answer = await me(token);
      expect(answer).to.eql({status: 200, body: {id, account: 'Mia'}});
    });

    it('answers 401 without a token', async () => {
      expectError(await me(), 401, 'CHAT_UNAUTHENTICATED');
    });

    it('answers 401 to a token of another secret', async () => {
      const user = await givenUser(url(), 'Eve');
      const forged = await new SignJWT(decodeJwt(user.token))
        .setProtectedHeader({alg: 'HS256'})
        .sign(Buffer.from('another secret of 32 bytes or more'));
      expectError(await me(forged), 401, 'CHAT_UNAUTHENTICATED');
      await expect(givenDevice(url(), {token: forged})).to.be.rejectedWith(
        /access token/,
      );
    });
  });
}

function expectError(
  {status, body}: Answer<Partial<ErrorBody>>,
  statusCode: number,
  code?: string,
): void {
  expect(status).to.equal(statusCode);
  expect(body.error?.statusCode).to.equal(statusCode);
  expect(body.error?.name).to.be.String();
  expect(body.error?.message).to.be.String();
  expect(JSON.stringify(body)).to.not.match(new RegExp(PASSWORD));
  if (code) expect(body.error?.code).to.equal(code);
}
