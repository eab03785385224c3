import {expect} from '@loopback/testlab';
import {once} from 'events';
import {singleChannelId} from 'loopback4-chat';
import {setTimeout as delay} from 'timers/promises';
import {givenTempDir} from '../fixtures/data-dir';
import {givenDevice} from '../fixtures/device';
import {givenExample} from '../fixtures/example-process';
import {describeOverExamples} from '../fixtures/examples';
import {
  givenHeldChannel,
  givenRealDatabase,
  testedDatabases,
} from '../fixtures/real-database';
import {
  givenUser,
  logIn,
  PASSWORD,
  request,
  type ErrorBody,
  type TestUser,
} from '../fixtures/rest-client';

const OTHER_PASSWORD = 'seven odd umbrellas';
const NOBODY = '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01';

type Answered = TestUser & ErrorBody & {avatar?: string; email?: string};

describeOverExamples('an own account', url => {
  const ask = (
    path: string,
    user: Partial<TestUser>,
    options: {json?: object; method?: string} = {},
  ) => request<Answered>(`${url()}${path}`, {token: user.token, ...options});
  const statusOfMe = async (user: TestUser) =>
    (await ask('/users/me', user)).status;
  const logInBy = (account: string, password: string) =>
    request(`${url()}/users/login`, {json: {account, password}});
  const post = (path: string, user: Partial<TestUser>, json: object = {}) =>
    ask(path, user, {json});
  const put = (path: string, user: Partial<TestUser>, json: object) =>
    ask(path, user, {json, method: 'PUT'});
  const patch = (user: Partial<TestUser>, json: object) =>
    ask('/users/me', user, {json, method: 'PATCH'});

  context('when its owner logs out', () => {
    it('refuses the token, and ends its connection, and no other', async () => {
      const ann = await givenUser(url(), 'out');
      const other = await logIn(url(), 'out');
      const [ended, kept] = [
        await givenDevice(url(), ann),
        await givenDevice(url(), other),
      ];
      const end = once(ended.socket as never, 'disconnect');
      expect((await post('/users/logout', ann)).status).to.equal(204);
      await end;
      expect(await statusOfMe(ann)).to.equal(401);
      await expect(givenDevice(url(), ann)).to.be.rejectedWith(/access token/);
      expect(await statusOfMe(other)).to.equal(200);
      expect(kept.socket.connected).to.be.true();
    });

    it('answers 401 the second time', async () => {
      const ann = await givenUser(url(), 'out twice');
      const statuses = await Promise.all(
        [1, 2, 3].map(async () => (await post('/users/logout', ann)).status),
      );
      expect(statuses).to.containEql(204);
      expect((await post('/users/logout', ann)).status).to.equal(401);
      expect((await post('/users/logout', {})).status).to.equal(401);
    });
  });

  context('when its owner changes it', () => {
    it('says so from then on, to others without the address', async () => {
      const ann = await givenUser(url(), 'changing');
      const bob = await givenUser(url(), 'looking');
      const seen = async () => (await ask(`/users/${ann.id}`, bob)).body;
      expect(await seen()).to.eql({id: ann.id, account: 'changing'});
      const change = {avatar: 'a.png', email: 'a@example.org'};
      const {status, body} = await patch(ann, change);
      expect([status, body]).to.eql([
        200,
        {id: ann.id, account: 'changing', ...change},
      ]);
      expect(await seen()).to.eql({
        ...{id: ann.id, account: 'changing', avatar: 'a.png'},
      });
      await patch(ann, {avatar: null, email: null});
      expect((await patch(ann, {})).body).to.eql({
        ...{id: ann.id, account: 'changing'},
      });
      expect(await seen()).to.eql({id: ann.id, account: 'changing'});
    });

    for (const json of [
      {account: 'other'},
      {id: NOBODY},
      {passwordHash: 'x'},
      {email: 'none'},
      {avatar: ''},
      {avatar: 'a\u0000'},
    ]) {
      it(`answers 422 to ${JSON.stringify(json)}`, async () => {
        const ann = await givenUser(url(), 'strict');
        expect((await patch(ann, json)).status).to.equal(422);
      });
    }

    it('answers 401 without a token', async () => {
      expect((await patch({}, {avatar: 'a.png'})).status).to.equal(401);
    });
  });

  context('when its owner changes the password', () => {
    it('takes the new one only, and ends all other sessions', async () => {
      const ann = await givenUser(url(), 'careful');
      const other = await logIn(url(), 'careful');
      const device = await givenDevice(url(), other);
      const end = once(device.socket as never, 'disconnect');
      const change = {password: PASSWORD, newPassword: OTHER_PASSWORD};
      const {status} = await put('/users/me/password', ann, change);
      expect(status).to.equal(204);
      await end;
      expect(await statusOfMe(other)).to.equal(401);
      expect(await statusOfMe(ann)).to.equal(200);
      expect((await logInBy('careful', PASSWORD)).status).to.equal(401);
      expect((await logInBy('careful', OTHER_PASSWORD)).status).to.equal(200);
    });

    it('leaves no session to a login by the old one at the same time', async () => {
      const ann = await givenUser(url(), 'overtaken');
      const change = {password: PASSWORD, newPassword: OTHER_PASSWORD};
      const logins = Array.from({length: 6}, () => logIn(url(), 'overtaken'));
      const {status} = await put('/users/me/password', ann, change);
      expect(status).to.equal(204);
      for (const user of await Promise.all(logins)) {
        if (user.token) expect(await statusOfMe(user)).to.equal(401);
      }
      expect(await statusOfMe(ann)).to.equal(200);
    });

    it('answers 401 to a wrong one, 422 to a short new one, and changes nothing', async () => {
      const ann = await givenUser(url(), 'wrong');
      const wrong = {password: OTHER_PASSWORD, newPassword: OTHER_PASSWORD};
      const {status, body} = await put('/users/me/password', ann, wrong);
      expect([status, body.error.code]).to.eql([401, 'LOGIN_FAILED']);
      const short = {password: PASSWORD, newPassword: 'short'};
      const answer = await put('/users/me/password', ann, short);
      expect(answer.status).to.equal(422);
      expect(await statusOfMe(await logIn(url(), 'wrong'))).to.equal(200);
    });

    it('slows down who guesses with a token that was left', async () => {
      const ann = await givenUser(url(), 'guessed');
      const guess = {password: 'wrong guess', newPassword: OTHER_PASSWORD};
      const statuses: number[] = [];
      for (let times = 0; times < 11; times++) {
        const {status} = await put('/users/me/password', ann, guess);
        statuses.push(status);
      }
      expect(statuses.slice(-1)).to.eql([429]);
    });
  });

  context('when its owner deletes it', () => {
    it('is gone, with what it said, and may be registered by another', async () => {
      const ann = await givenUser(url(), 'leaving');
      const bob = await givenUser(url(), 'staying');
      const sent = await post('/messages', ann, {
        ...{toUserId: bob.id, body: 'Forget me when I am gone'},
      });
      expect(sent.status).to.equal(200);
      expect((await ask(`/users/${ann.id}`, bob)).status).to.equal(200);
      const device = await givenDevice(url(), ann);
      const end = once(device.socket as never, 'disconnect');
      const {status} = await post('/users/me/delete', ann, {
        password: PASSWORD,
      });
      expect(status).to.equal(204);
      await end;
      expect(await statusOfMe(ann)).to.equal(401);
      expect((await logInBy('leaving', PASSWORD)).status).to.equal(401);
      expect((await ask(`/users/${ann.id}`, bob)).status).to.equal(404);
      const messages = await ask('/messages', bob);
      expect(messages.body).to.eql([]);
      const late = await post('/messages', bob, {
        ...{toUserId: ann.id, body: 'Are you still there?'},
      });
      expect(late.status).to.be.oneOf(403, 404);
      const again = await givenUser(url(), 'leaving');
      expect(again.id).to.not.equal(ann.id);
    });

    it('leaves nothing of who logs in and writes at the same time', async () => {
      const ann = await givenUser(url(), 'haunting');
      const bob = await givenUser(url(), 'haunted');
      const deletion = post('/users/me/delete', ann, {password: PASSWORD});
      for (let times = 0; times < 5; times++) {
        const again = await logIn(url(), 'haunting');
        await post('/messages', again, {toUserId: bob.id, body: 'Still here'});
      }
      expect((await deletion).status).to.equal(204);
      const messages = await request<object[]>(`${url()}/messages`, bob);
      expect(messages.body).to.eql([]);
    });

    it('stays when the password is wrong, or the token another’s', async () => {
      const ann = await givenUser(url(), 'kept');
      const password = OTHER_PASSWORD;
      const answer = await post('/users/me/delete', ann, {password});
      expect(answer.status).to.equal(401);
      const json = {password: PASSWORD};
      expect((await post('/users/me/delete', {}, json)).status).to.equal(401);
      expect(await statusOfMe(ann)).to.equal(200);
    });

    it('is deleted once by many at the same time', async () => {
      const ann = await givenUser(url(), 'hasty');
      const json = {password: PASSWORD};
      const statuses = await Promise.all(
        [1, 2, 3].map(
          async () => (await post('/users/me/delete', ann, json)).status,
        ),
      );
      expect(statuses).to.containEql(204);
      expect(
        statuses.every(status => [204, 401].includes(status)),
      ).to.be.true();
      expect((await logInBy('hasty', PASSWORD)).status).to.equal(401);
    });

    it('has no session of a login at the same time', async () => {
      const ann = await givenUser(url(), 'racing');
      const logins = Array.from({length: 5}, () => logIn(url(), 'racing'));
      await post('/users/me/delete', ann, {password: PASSWORD});
      const tokens = await Promise.all(
        logins.map(login => login.catch(() => ann)),
      );
      for (const user of tokens) {
        if (user.token) expect(await statusOfMe(user)).to.equal(401);
      }
    });
  });

  context('when others ask for it', () => {
    for (const id of [NOBODY, 'nobody', '%00', 'x'.repeat(300)]) {
      it(`answers 404 to the id ${id.slice(0, 40)}`, async () => {
        const bob = await givenUser(url(), 'asking');
        expect((await ask(`/users/${id}`, bob)).status).to.equal(404);
      });
    }

    it('answers 401 without a token', async () => {
      const bob = await givenUser(url(), 'asking');
      expect((await ask(`/users/${bob.id}`, {})).status).to.equal(401);
    });
  });
});

for (const database of testedDatabases('postgresql')) {
  describe(`an account on ${database} that is deleted (acceptance)`, () => {
    it('leaves nothing of what was underway', async () => {
      const variables = await givenRealDatabase(database);
      const data = {CHAT_DATA_DIR: await givenTempDir()};
      const {url} = await givenExample({...variables, ...data});
      const ann = await givenUser(url, 'ann');
      const bob = await givenUser(url, 'bob');
      const channelId = singleChannelId(ann.id, bob.id);
      const held = await givenHeldChannel(variables, channelId);

      const letIn = request(`${url}/messages`, {
        token: ann.token,
        json: {toUserId: bob.id, body: 'Underway'},
      });
      while (!(await held.waiting())) await delay(10);
      const deletion = request(`${url}/users/me/delete`, {
        token: ann.token,
        json: {password: PASSWORD},
      });
      const profile = () => request(`${url}/users/${ann.id}`, bob);
      while ((await profile()).status !== 404) await delay(10);
      await held.release();

      expect((await letIn).status).to.equal(200);
      expect((await deletion).status).to.equal(204);
      const messages = await request<object[]>(`${url}/messages`, bob);
      expect(messages.body).to.eql([]);
    });
  });
}
