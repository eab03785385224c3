import {expect, sinon} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatServiceBindings} from '../../keys';
import type {UserDirectory, UserProfile} from '../../services';
import {givenChatApp} from '../fixtures/chat-app';
import {
  befriend,
  block,
  contactsOf,
  givenPeople,
  notify,
  request,
  send,
  type RestContact,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('User directory', store => {
  async function givenHost(directory: Partial<UserDirectory>) {
    const host = await givenChatApp({
      store,
      before: app =>
        app.bind(ChatServiceBindings.UserDirectory).to({
          findByIds: ids => ids.map(id => ({id})),
          mayMessage: () => true,
          ...directory,
        }),
    });
    return {host, ...(await givenPeople(host))};
  }

  it('answers 403 where it lets nobody write, and stores nothing', async () => {
    let isOpen = true;
    const asked: unknown[] = [];
    const {ann, bob} = await givenHost({
      mayMessage: async (user, otherId) => {
        asked.push([user.id, otherId]);
        return isOpen;
      },
    });
    const id = randomUUID();
    const {body} = await send(ann, bob, {id});
    isOpen = false;
    expect((await send(ann, bob, {id})).body).to.deepEqual(body);
    for (const more of [{}, {channelId: body.channelId}]) {
      const refused = await send(ann, bob, more);
      expectError(refused, 403);
      expect(refused.text).to.containEql('CHAT_FORBIDDEN');
    }
    expectError(await notify(ann, bob), 403);
    expect((await bob.http.find()).body).to.have.length(1);
    expect(new Set(asked.map(String)).size).to.equal(1);
    expect(asked[0]).to.deepEqual([ann.id, bob.id]);
  });

  it('answers 404 to a request to whom it does not know', async () => {
    const {ann, bob, eve} = await givenHost({
      findByIds: ids => ids.filter(id => id === bob.id).map(id => ({id})),
    });
    expectError(await request(ann, eve), 404);
    expect((await request(ann, bob)).status).to.equal(200);
  });

  it('answers 500, not 503, when it fails, and tells nothing', async () => {
    const fail = () => Promise.reject(new Error('inner'));
    const {host, ann, bob} = await givenHost({
      findByIds: fail,
      mayMessage: fail,
    });
    for (const failed of [
      await send(ann, bob),
      await request(ann, bob),
      await notify(ann, bob),
    ]) {
      expectError(failed, 500);
      expect(failed.text).to.not.containEql('inner');
    }
    expect((await block(ann, bob)).status).to.equal(200);
    expect(host.logger.lines).to.have.length(3);
  });

  it('is asked once for the profiles of all contacts', async () => {
    const secret = {passwordHash: 'secret'};
    const findByIds = sinon.spy((ids: readonly string[]): UserProfile[] =>
      [...ids].reverse().map(id => ({id, account: `of ${id}`, ...secret})),
    );
    const {ann, bob, eve} = await givenHost({findByIds});
    await befriend(ann, bob);
    await block(ann, eve);
    findByIds.resetHistory();
    const contacts = await contactsOf(ann);
    expect(contacts.map(({profile}) => profile)).to.deepEqual(
      contacts.map(({userId: id}) => ({id, account: `of ${id}`})),
    );
    sinon.assert.calledOnce(findByIds);
    const [ids, asking] = findByIds.firstCall.args as unknown[];
    expect(ids).to.deepEqual([bob.id, eve.id].sort());
    expect(asking).to.containEql({id: ann.id});
  });

  it('is not asked where there is nobody to tell of', async () => {
    const findByIds = sinon.spy(() => []);
    const {ann} = await givenHost({findByIds});
    expect(await contactsOf(ann)).to.be.empty();
    sinon.assert.notCalled(findByIds);
  });

  it('leaves out the profile of whom it does not know', async () => {
    const {ann, bob} = await givenHost({findByIds: () => []});
    await block(ann, bob);
    const path = `/contacts/${bob.id}`;
    const {body} = await ann.http.get<RestContact>(path);
    expect(body).to.not.have.property('profile');
  });
});
