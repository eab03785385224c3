import {expect} from '@loopback/testlab';
import type {Group, GroupMember} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import {expectError} from '../fixtures/conversation';
import {expectGapless, givenUser, storedMessages} from '../fixtures/group';
import {statementsOf} from '../fixtures/statements';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const givenIds = (count: number) =>
  Array.from({length: count}, () => givenUserId('a member of a big group'));

describeOverStores('Big groups', store => {
  const chat = givenChatAppOfSuite({store});

  it('are made with 2,000 members', async () => {
    const {id, http} = await givenUser(chat(), 'ann');
    const members = givenIds(1999);
    const draft = {name: 'Big', type: 'big', members};
    const {status, body} = await http.post<Group>('/groups', draft);
    expect(status).to.equal(200);
    expect(body.memberCount).to.equal(2000);
    const path = `/groups/${body.id}/members`;
    const {body: listed} = await http.get<GroupMember[]>(path);
    expect(listed).to.have.length(2000);
    expect(listed[0]).to.containEql({userId: id, role: 'owner'});
    const full = await http.post(path, {members: givenIds(1)});
    expectError(full, 422, 'members');
    expect((await http.delete(`/groups/${body.id}`)).status).to.equal(204);
  });

  it('take in 1,998 at once, and name few of them', async () => {
    const {http} = await givenUser(chat(), 'ann');
    const draft = {name: 'Big', type: 'big', members: givenIds(1)};
    const {body: group} = await http.post<Group>('/groups', draft);
    const path = `/groups/${group.id}/members`;
    const members = givenIds(1998);
    const {body} = await http.post<GroupMember[]>(path, {members});
    expect(body.map(({userId}) => userId)).to.deepEqual(members);
    const [, note] = await storedMessages(chat(), group);
    expect(note.body).to.endWith(' and 1988 more');
    const userIds = members.slice(0, 10);
    const ext = {event: 'member.added', userIds, userCount: 1998};
    expect(JSON.parse(note.ext ?? '')).to.deepEqual(ext);
    await expectGapless(chat(), group);
  });
});

describe('A list of groups', () => {
  const chat = givenChatAppOfSuite();

  it('is refused when it brings more than 10,000 members', async () => {
    const {http} = await givenUser(chat(), 'ann');
    for (let made = 0; made < 6; made++) {
      const draft = {name: 'Big', type: 'big', members: givenIds(1700)};
      await http.post('/groups', draft);
    }
    const list = (limit: number) =>
      asking('/groups', {filter: {include: ['members'], limit}});
    expectError(await http.get(list(6)), 422, 'include');
    const {body} = await http.get<Group[]>(list(5));
    expect(body).to.have.length(5);
  });
});

describeOverStores(
  'Statements of groups',
  store => {
    const chat = givenChatAppOfSuite({store});

    it('are as many for a hundred members as for one', async () => {
      const {http} = await givenUser(chat(), 'ann');
      const filter = {include: ['members']};
      const counts = [];
      for (const size of [1, 100]) {
        const draft = {name: 'Big', type: 'big', members: givenIds(size)};
        let group: Group | undefined;
        const made = await statementsOf(chat(), async () => {
          group = (await http.post<Group>('/groups', draft)).body;
        });
        const path = `/groups/${group?.id}`;
        const added = await statementsOf(chat(), () =>
          http.post(`${path}/members`, {members: givenIds(size)}),
        );
        const read = await statementsOf(chat(), () => http.get(path));
        const members = await statementsOf(chat(), () =>
          http.get(`${path}/members`),
        );
        const listed = await statementsOf(chat(), () =>
          http.get(asking('/groups', {filter})),
        );
        const deleted = await statementsOf(chat(), () => http.delete(path));
        counts.push(
          [made, added, read, members, listed, deleted].map(
            statements => statements.length,
          ),
        );
      }
      expect(counts[1]).to.deepEqual(counts[0]);
      expect(Math.max(...counts[0])).to.be.below(20);
    });

    it('are as many for ten groups as for one', async () => {
      const {http} = await givenUser(chat(), 'ann');
      const list = asking('/groups', {filter: {include: ['members']}});
      const counts: number[] = [];
      for (const size of [1, 9]) {
        for (let made = 0; made < size; made++) {
          await http.post('/groups', {name: 'One', members: givenIds(1)});
        }
        const listed = await statementsOf(chat(), () => http.get(list));
        counts.push(listed.length);
      }
      expect(counts).to.deepEqual([4, 4]);
    });
  },
  SQL_STORES,
);
