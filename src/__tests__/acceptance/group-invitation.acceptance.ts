import {expect} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  advance,
  givenPeople,
  notify,
  type People,
  type Person,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Invitation to a group', store => {
  const chat = givenChatAppOfSuite({
    store,
    config: {groups: {maxBasicMembers: 2}},
  });
  let people: People;
  let groupId: string;

  beforeEach(async () => {
    people = await givenPeople(chat());
    const draft = {name: 'Choir', type: 'basic', members: []};
    const {body} = await people.ann.http.post('/groups', draft);
    groupId = body.id;
  });

  const invite = (from: Person, to: Person) =>
    notify(from, to, {type: 'group_invite', channelId: groupId});

  async function membersOf({http}: Person): Promise<string[]> {
    const path = `/groups/${groupId}/members`;
    const {body} = await http.get<{userId: string}[]>(path);
    return body.map(({userId}) => userId);
  }

  it('makes the invited a member, as added by the inviter', async () => {
    const {ann, bob} = people;
    const events = await chat().app.get(ChatServiceBindings.Events);
    const told: unknown[] = [];
    const end = events.on('member.added', event => told.push(event));
    const {body} = await invite(ann, bob);
    expectError(await bob.http.get(`/groups/${groupId}`), 404);
    const answers = await Promise.all(
      Array.from({length: 5}, () => advance(bob, body, 'fulfilled')),
    );
    end();
    for (const answer of answers) {
      expect(answer.body).to.deepEqual(answers[0].body);
    }
    expect((await membersOf(bob)).sort()).to.deepEqual([ann.id, bob.id].sort());
    expect(told).to.have.length(1);
    expect(told[0]).to.containEql({actorId: ann.id, userIds: [bob.id]});
  });

  it('has one outcome when it is accepted and rejected at once', async () => {
    const {ann, bob} = people;
    const {body} = await invite(ann, bob);
    const answers = await Promise.all(
      ['fulfilled', 'rejected'].map(status => advance(bob, body, status)),
    );
    const [accepted, rejected] = answers.map(({status}) => status);
    expect([accepted, rejected].sort()).to.deepEqual([200, 409]);
    expect(await membersOf(ann)).to.have.length(accepted === 200 ? 2 : 1);
  });

  it('is made by no member, stranger or member to be', async () => {
    const {ann, bob, eve} = people;
    expectError(await invite(eve, bob), 404);
    const {body} = await invite(ann, bob);
    expectError(await invite(bob, eve), 404);
    await advance(bob, body, 'fulfilled');
    expectError(await invite(bob, eve), 403);
  });

  it('waits on while the group is full', async () => {
    const {ann, bob, eve} = people;
    const [toBob, toEve] = [await invite(ann, bob), await invite(ann, eve)];
    await advance(bob, toBob.body, 'fulfilled');
    expectError(await advance(eve, toEve.body, 'fulfilled'), 409);
    await bob.http.delete(`/groups/${groupId}/members/${bob.id}`);
    const joined = await advance(eve, toEve.body, 'fulfilled');
    expect(joined.body.status).to.equal('fulfilled');
    expect(await membersOf(eve)).to.containEql(eve.id);
  });

  it('waits on when the group is gone', async () => {
    const {ann, bob} = people;
    const {body} = await invite(ann, bob);
    await ann.http.delete(`/groups/${groupId}`);
    expectError(await advance(bob, body, 'fulfilled'), 404);
    expect((await advance(bob, body, 'rejected')).status).to.equal(200);
  });

  it('of who is a member already changes nothing but itself', async () => {
    const {ann, bob} = people;
    const {body} = await invite(ann, bob);
    await ann.http.post(`/groups/${groupId}/members`, {members: [bob.id]});
    const joined = await advance(bob, body, 'fulfilled');
    expect(joined.body.status).to.equal('fulfilled');
    expect(await membersOf(bob)).to.have.length(2);
  });
});
