import {expect} from '@loopback/testlab';
import {describeOverExamples} from '../fixtures/examples';
import {
  givenUser,
  PASSWORD,
  request,
  type TestUser,
} from '../fixtures/rest-client';

const NOBODY = '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01';

interface ContactPage {
  contacts: {userId: string; profile?: {[name: string]: unknown}}[];
}

describeOverExamples('contacts', contactTests);

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
