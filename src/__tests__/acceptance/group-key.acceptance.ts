import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {singleChannelId, type Group} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {expectError} from '../fixtures/conversation';
import {givenUser, storedMembers, type GivenUser} from '../fixtures/group';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Idempotency keys of groups', store => {
  const chat = givenChatAppOfSuite({store});
  let ann: GivenUser;
  let bob: GivenUser;
  let id: string;

  beforeEach(async () => {
    ann = await givenUser(chat(), 'ann');
    bob = await givenUser(chat(), 'bob');
    id = randomUUID();
  });

  const make = ({http}: GivenUser, name = 'Hiking', key = id) => {
    const draft = {name, members: [bob.id]};
    return http.post<Group>('/groups', draft, {'Idempotency-Key': key});
  };

  it('answer the group that is there, as it is now', async () => {
    const {body: made} = await make(ann);
    expect(made.id).to.equal(id);
    const path = `/groups/${id}`;
    const {body: renamed} = await ann.http.patch<Group>(path, {name: 'New'});
    for (const key of [id, id.toUpperCase()]) {
      const {status, body} = await make(ann, 'Other', key);
      expect(status).to.equal(200);
      expect(body).to.deepEqual(renamed);
    }
  });

  it('answer 409 to another user, member or not', async () => {
    await make(ann);
    const eve = await givenUser(chat(), 'eve');
    for (const user of [bob, eve]) expectError(await make(user), 409);
    expect((await storedMembers(chat(), {id})).size).to.equal(2);
  });

  it('answer 409 to who made it and has left', async () => {
    await make(ann);
    const path = `/groups/${id}/members`;
    await ann.http.patch(`${path}/${bob.id}`, {role: 'owner'});
    await ann.http.delete(`${path}/${ann.id}`);
    expectError(await make(ann), 409);
  });

  it('answer 409 once the group is deleted, and make no other', async () => {
    await make(ann);
    await ann.http.delete(`/groups/${id}`);
    for (const user of [ann, bob]) expectError(await make(user), 409);
    expect((await storedMembers(chat(), {id})).size).to.equal(0);
  });

  it('answer 409 to the id of a channel of another kind', async () => {
    const draft = {channelType: 'task', toUserId: bob.id, body: 'Hello'};
    await ann.http.post('/messages', {channelId: id, ...draft});
    expectError(await make(ann), 409);
    expect((await storedMembers(chat(), {id})).size).to.equal(2);
  });

  it('answer 422 to what is no UUID', async () => {
    for (const key of ['key', `${id}x`, '']) {
      expectError(await make(ann, 'Hiking', key), 422, 'Idempotency-Key');
    }
  });

  it('answer 422 to the id of the channel of two users', async () => {
    const key = singleChannelId(ann.id, bob.id);
    const eve = await givenUser(chat(), 'eve');
    for (const each of [key, key.toUpperCase()]) {
      expectError(await make(eve, 'Squat', each), 422, 'Idempotency-Key');
    }
    const draft = {toUserId: bob.id, body: 'Between us'};
    const {body} = await ann.http.post('/messages', draft);
    expect(body).to.containEql({channelType: 'single', channelId: key});
  });
});
