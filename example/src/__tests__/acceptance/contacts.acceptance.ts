import {expect} from '@loopback/testlab';
import {sharedByTests} from '../fixtures/clean-up';
import {givenDataDir, givenTempDir} from '../fixtures/data-dir';
import {givenExample, type Variables} from '../fixtures/example-process';
import {givenRealDatabase, testedDatabases} from '../fixtures/real-database';
import {
  givenUser,
  PASSWORD,
  request,
  type TestUser,
} from '../fixtures/rest-client';

const DATABASES = ['pglite' as const, ...testedDatabases('mysql')];
const NOBODY = '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01';

interface ContactPage {
  contacts: {userId: string; profile?: {[name: string]: unknown}}[];
}

for (const database of DATABASES) {
  for (const useSequelize of ['', 'true']) {
    const flavour = `${database}, CHAT_USE_SEQUELIZE=${useSequelize}`;
    describe(`contacts on ${flavour} (acceptance)`, () => {
      const example = sharedByTests(async () =>
        givenExample({
          ...(await givenDatabase(database)),
          CHAT_USE_SEQUELIZE: useSequelize,
          LOG_LEVEL: 'error',
        }),
      );
      contactTests(() => example().url);
    });
  }
}

function contactTests(url: () => string): void {
  const ask = <T>(path: string, user: TestUser, json?: object) =>
    request<T>(`${url()}${path}`, {token: user.token, json});

  it('have the profiles of their accounts, and no address', async () => {
    const draft = {account: 'Bob', password: PASSWORD};
    const profile = {avatar: 'b.png', email: 'bob@example.org'};
    await request(`${url()}/users`, {json: {...draft, ...profile}});
    const bob = await givenUser(url(), 'Bob');
    const ann = await givenUser(url(), 'Ann');
    const asked = await ask<{id: string}>('/contact-requests', ann, {
      userId: bob.id,
    });
    expect(asked.status).to.equal(200);
    const accept = `/contact-requests/${asked.body.id}/accept`;
    expect((await ask(accept, bob, {})).status).to.equal(200);
    const {body} = await ask<ContactPage>('/contacts', ann);
    const [{userId, profile: seen = {}}] = body.contacts;
    const {registeredOn, ...rest} = seen;
    expect(userId).to.equal(bob.id);
    expect(rest).to.eql({id: bob.id, account: 'Bob', avatar: 'b.png'});
    expect(registeredOn).to.match(/^\d{4}-/);
  });

  it('are asked and written to only where there is an account', async () => {
    const ann = await givenUser(url(), 'Ann');
    const bob = await givenUser(url(), 'Bob');
    const send = (toUserId: string) =>
      ask('/messages', ann, {toUserId, body: 'Hi'});
    expect((await send(NOBODY)).status).to.equal(403);
    expect((await send(bob.id)).status).to.equal(200);
    expect((await send(bob.id)).status).to.equal(200);
    const asked = await ask('/contact-requests', ann, {userId: NOBODY});
    expect(asked.status).to.equal(404);
  });
}

/** @returns the variables of a data folder, and of a database besides it */
async function givenDatabase(
  database: (typeof DATABASES)[number],
): Promise<Variables> {
  if (database === 'pglite') return {CHAT_DATA_DIR: await givenDataDir()};
  const variables = await givenRealDatabase(database);
  return {...variables, CHAT_DATA_DIR: await givenTempDir()};
}
