import {expect} from '@loopback/testlab';
import {givenDataDir} from '../fixtures/data-dir';
import {givenExample, givenProcess} from '../fixtures/example-process';
import {describeOverExamples} from '../fixtures/examples';
import {
  givenUser,
  logIn,
  PASSWORD,
  request,
  type ErrorBody,
  type TestUser,
} from '../fixtures/rest-client';

const ADMIN = {ADMIN_ACCOUNT: 'root', ADMIN_PASSWORD: PASSWORD};
const NOBODY = '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01';

describeOverExamples(
  'what accounts may do',
  url => {
    const ask = <T = ErrorBody>(
      path: string,
      {token}: Partial<TestUser>,
      json?: object,
      method?: string,
    ) => request<T>(`${url()}${path}`, {token, json, method});
    const put = (path: string, user: Partial<TestUser>, json: object) =>
      ask(path, user, json, 'PUT');
    const admin = () => logIn(url(), 'root');
    const mayGroup = async (user: TestUser) =>
      (await ask('/groups', user, {name: 'Mine', members: []})).status;

    it('follows roles that an administrator makes and gives', async () => {
      const root = await admin();
      const ann = await givenUser(url(), 'ann');
      const reader = {
        ...{name: 'reader', description: 'reads only'},
        permissions: ['ViewMessage', 'archive'],
      };
      const early = await ask('/roles', root, reader);
      expect([early.status, early.body.error.code]).to.eql([
        ...[422, 'PERMISSION_UNKNOWN'],
      ]);
      const archive = {name: 'archive'};
      expect((await ask('/permissions', root, archive)).body).to.eql(archive);
      expect((await ask('/roles', root, reader)).body).to.eql(reader);
      expect(await mayGroup(ann)).to.equal(200);
      const roles = `/users/${ann.id}/roles`;
      expect((await put(roles, root, {roles: ['reader']})).status).to.equal(
        204,
      );
      expect(await mayGroup(ann)).to.equal(403);
      expect((await ask('/messages', ann)).status).to.equal(200);
      await put(roles, root, {roles: ['reader', 'user']});
      expect(await mayGroup(ann)).to.equal(200);
      const access = await ask<object>(`/users/${ann.id}/access`, root);
      expect(access.body).to.eql({roles: ['reader', 'user'], overrides: []});
      const listed = await ask<{name: string}[]>('/roles', root);
      expect(listed.body.map(({name}) => name)).to.eql([
        ...['user', 'admin', 'reader'],
      ]);
      const keys = await ask<{name: string}[]>('/permissions', root);
      expect(keys.body.map(({name}) => name)).to.containEql('archive');
    });

    it('follows what is allowed and forbidden to one account', async () => {
      const root = await admin();
      const ann = await givenUser(url(), 'single');
      const path = `/users/${ann.id}/overrides`;
      const set = (permission: string, allowed: boolean) =>
        put(path, root, {overrides: [{permission, allowed}]});
      expect((await set('CreateGroup', false)).status).to.equal(204);
      expect(await mayGroup(ann)).to.equal(403);
      expect((await set('ViewDownloadAudit', true)).status).to.equal(204);
      expect(await mayGroup(ann)).to.equal(200);
      expect((await ask('/download-audits', ann)).status).to.equal(200);
      await put(path, root, {overrides: []});
      expect((await ask('/download-audits', ann)).status).to.equal(403);
    });

    it('is decided by administrators only, whatever is asked', async () => {
      const ann = await givenUser(url(), 'ordinary');
      const own = `/users/${ann.id}`;
      const asked: [string, object?, string?][] = [
        ['/permissions'],
        ['/permissions', {name: 'mine'}],
        ['/roles'],
        ['/roles', {name: 'mine', permissions: ['AdministerChat']}],
        [`${own}/access`],
        [`${own}/roles`, {roles: ['admin']}, 'PUT'],
        [`${own}/overrides`, {overrides: []}, 'PUT'],
      ];
      for (const [path, json, method] of asked) {
        const statuses = [
          (await ask(path, ann, json, method)).status,
          (await ask(path, {}, json, method)).status,
        ];
        expect([path, ...statuses]).to.eql([path, 403, 401]);
      }
    });

    it('refuses what is there already, one of two at the same time', async () => {
      const root = await admin();
      for (const [path, draft] of [
        ['/permissions', {name: 'twice'}],
        ['/roles', {name: 'twice', permissions: []}],
      ] as const) {
        const answers = await Promise.all(
          [1, 2, 3].map(() => ask(path, root, draft)),
        );
        const statuses = answers.map(({status}) => status).sort();
        expect(statuses).to.eql([200, 409, 409]);
      }
      const builtIn = [
        await ask('/permissions', root, {name: 'ViewMessage'}),
        await ask('/roles', root, {name: 'admin', permissions: []}),
      ];
      expect(builtIn.map(({status}) => status)).to.eql([409, 409]);
    });

    it('is given in full by two administrators at the same time', async () => {
      const root = await admin();
      const ann = await givenUser(url(), 'both');
      const override = {permission: 'CreateGroup', allowed: false};
      const answers = await Promise.all([
        put(`/users/${ann.id}/roles`, root, {roles: ['admin']}),
        put(`/users/${ann.id}/overrides`, root, {overrides: [override]}),
      ]);
      expect(answers.map(({status}) => status)).to.eql([204, 204]);
      const access = await ask<object>(`/users/${ann.id}/access`, root);
      expect(access.body).to.eql({roles: ['admin'], overrides: [override]});
    });

    it('is not decided by administrators about themselves', async () => {
      const root = await admin();
      const override = {permission: 'userAdminister', allowed: false};
      for (const [path, json] of [
        ['roles', {roles: ['user']}],
        ['roles', {roles: ['admin', 'user']}],
        ['overrides', {overrides: [override]}],
      ] as const) {
        const {status, body} = await put(
          `/users/${root.id}/${path}`,
          root,
          json,
        );
        expect([status, body.error.code]).to.eql([409, 'OWN_ACCESS']);
      }
      expect((await ask('/roles', root)).status).to.equal(200);
    });

    const malformed: [string, object][] = [
      ['roles', {}],
      ['roles', {roles: []}],
      ['roles', {roles: ['no such role']}],
      ['roles', {roles: ['nothing']}],
      ['roles', {roles: ['user', 'user']}],
      ['roles', {roles: 'admin'}],
      ['roles', {roles: Array.from({length: 101}, (_, i) => `r${i}`)}],
      ['overrides', {overrides: [{permission: 'none', allowed: true}]}],
      ['overrides', {overrides: [{permission: 'ViewMessage'}]}],
      ['overrides', {overrides: [{permission: 'a\u0000', allowed: true}]}],
    ];
    it('refuses what is malformed or unknown', async () => {
      const root = await admin();
      const ann = await givenUser(url(), 'malformed');
      for (const [path, json] of malformed) {
        const {status} = await put(`/users/${ann.id}/${path}`, root, json);
        expect([path, json, status]).to.eql([path, json, 422]);
      }
      for (const [path, json] of [
        ['roles', {roles: ['user']}],
        ['overrides', {overrides: []}],
      ] as const) {
        const {status} = await put(`/users/${NOBODY}/${path}`, root, json);
        expect(status).to.equal(404);
      }
      for (const id of [NOBODY, 'x', '%00']) {
        const {status} = await ask(`/users/${id}/access`, root);
        expect([id, status]).to.eql([id, 404]);
      }
      for (const json of [
        {},
        {name: ''},
        {name: 'a b'},
        {name: 'x', more: 1},
      ]) {
        expect((await ask('/permissions', root, json)).status).to.equal(422);
      }
    });
  },
  ADMIN,
);

describe('the first administrator (acceptance)', () => {
  it('is the same after a restart, and keeps other roles', async () => {
    const variables = {CHAT_DATA_DIR: await givenDataDir(), ...ADMIN};
    const ids: string[] = [];
    for (let start = 0; start < 2; start++) {
      const example = await givenExample(variables);
      const root = await logIn(example.url, 'root');
      const {status} = await request(`${example.url}/roles`, root);
      expect(status).to.equal(200);
      ids.push(root.id);
      await example.end('SIGTERM');
    }
    expect(ids[0]).to.equal(ids[1]);
  }).timeout(30_000);

  it('may have another password by now', async () => {
    const variables = {CHAT_DATA_DIR: await givenDataDir(), ...ADMIN};
    const first = await givenExample(variables);
    const {token} = await logIn(first.url, 'root');
    const change = {password: PASSWORD, newPassword: 'eleven other doors'};
    const path = `${first.url}/users/me/password`;
    const {status} = await request(path, {token, json: change, method: 'PUT'});
    expect(status).to.equal(204);
    await first.end('SIGTERM');
    const second = await givenExample(variables);
    const roles = await request(`${second.url}/roles`, {token});
    expect(roles.status).to.equal(200);
  }).timeout(30_000);

  it('is not someone who registered the name before', async () => {
    const CHAT_DATA_DIR = await givenDataDir();
    const first = await givenExample({CHAT_DATA_DIR});
    await request(`${first.url}/users`, {
      json: {account: 'root', password: 'a password of a stranger'},
    });
    await first.end('SIGTERM');
    const second = givenProcess({CHAT_DATA_DIR, ...ADMIN});
    expect((await second.ended).code).to.equal(1);
    expect(second.stderr).to.match(/^ADMIN_ACCOUNT/);
    expect(second.stderr).to.not.match(new RegExp(PASSWORD));
  }).timeout(30_000);
});
