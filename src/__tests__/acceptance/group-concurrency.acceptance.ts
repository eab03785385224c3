import {expect} from '@loopback/testlab';
import {v7 as uuidv7} from 'uuid';
import type {Group} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  AT_ONCE,
  atOnce,
  expectGapless,
  expectOneOwner,
  givenGroup,
  givenUser,
  listenTo,
  storedChannel,
  storedMembers,
  storedMessages,
  storedRoles,
  type Ask,
} from '../fixtures/group';
import type {HttpAnswer} from '../fixtures/http-client';
import {upTo} from '../fixtures/message-log';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const MAX_MEMBERS = 12;
const config = {groups: {maxBasicMembers: MAX_MEMBERS, maxBigMembers: 100}};

describeOverStores('Groups changed at once', store => {
  const chat = givenChatAppOfSuite({store, config});

  it('have a user once whom many add', async () => {
    const group = await givenGroup(chat());
    const {path, owner, admin} = group;
    const told = await listenTo(chat(), group);
    const {changeSeq} = await storedChannel(chat(), group);
    const body = {members: [givenUserId('dee')]};
    const statuses = await atOnce(index =>
      [owner, admin][index % 2].http.post(`${path}/members`, body),
    );
    expect(statuses).to.deepEqual({200: AT_ONCE});
    expect((await storedMembers(chat(), group)).size).to.equal(4);
    expect(told.map(({event}) => event)).to.deepEqual([
      'member.added',
      'message member.added',
    ]);
    const after = await storedChannel(chat(), group);
    expect(after.changeSeq).to.equal(changeSeq + 2);
    await expectGapless(chat(), group);
  });

  it('end in what was told when users are added, removed and heard', async () => {
    const group = await givenGroup(chat());
    const {id, path, owner, admin} = group;
    const users = await Promise.all(
      ['dee', 'eli', 'fay'].map(name => givenUser(chat(), name)),
    );
    const told = await listenTo(chat(), group);
    const before = await storedChannel(chat(), group);
    const asks: ((user: (typeof users)[0]) => Promise<HttpAnswer>)[] = [
      user => owner.http.post(`${path}/members`, {members: [user.id]}),
      user => admin.http.delete(`${path}/members/${user.id}`),
      user => user.http.post('/messages', {channelId: id, body: 'Me too'}),
      user => user.http.delete(`${path}/members/${user.id}`),
      user => admin.http.post(`${path}/members`, {members: [user.id]}),
    ];
    const statuses = await atOnce(index => asks[index % 5](users[index % 3]));
    expect(Object.keys(statuses)).to.matchEach(/200|204|404/);

    const members = await storedMembers(chat(), group);
    for (const user of users) {
      const changes = told
        .filter(({event}) => /^member.(added|removed)$/.test(event))
        .filter(({userIds}) => userIds?.includes(user.id))
        .map(({event}) => event);
      const isAdded = (event: string) => event === 'member.added';
      changes.forEach((event, index) =>
        expect(isAdded(event)).to.equal(index % 2 === 0),
      );
      expect(members.has(user.id)).to.equal(changes.length % 2 === 1);
    }
    // Each number is told once, in order.
    const {changeSeq} = await storedChannel(chat(), group);
    const numbers = told.map(event => event.changeSeq);
    expect(numbers).to.deepEqual(
      upTo(changeSeq - before.changeSeq).map(step => before.changeSeq + step),
    );
    await expectGapless(chat(), group);
  });

  it('hear nobody after the removal', async () => {
    const group = await givenGroup(chat());
    const {id, path, owner, member} = group;
    await atOnce(
      index =>
        index === 10
          ? owner.http.delete(`${path}/members/${member.id}`)
          : member.http.post('/messages', {channelId: id, body: 'Me too'}),
      30,
    );
    const messages = await storedMessages(chat(), group);
    const last = messages[messages.length - 1];
    expect(JSON.parse(last.ext ?? '{}').event).to.equal('member.removed');
    await expectGapless(chat(), group);
  });

  it('have one owner when it is handed to many', async () => {
    const members = upTo(9).map(number => givenUserId(`m${number}`));
    const group = await givenGroup(chat(), {members});
    const {path, owner, support} = group;
    const role = {role: 'owner'};
    const at = (index: number) => `${path}/members/${members[index % 9]}`;
    const statuses = await atOnce(index => owner.http.patch(at(index), role));
    expect(statuses).to.deepEqual({200: 1, 403: AT_ONCE - 1});
    await expectOneOwner(chat(), group);
    await atOnce(index => support.http.patch(at(index), role), 20);
    await expectOneOwner(chat(), group);
    const roles = Object.values(await storedRoles(chat(), group));
    expect(roles).to.have.length(12);
    await expectGapless(chat(), group);
  });

  it('have an owner when who is to be it leaves', async () => {
    for (let round = 0; round < 6; round++) {
      const group = await givenGroup(chat());
      const {owner, member} = group;
      const at = `${group.path}/members/${member.id}`;
      const asks = [
        () => owner.http.patch(at, {role: 'owner'}),
        () => member.http.delete(at),
      ];
      if (round % 2) asks.reverse();
      const statuses = await atOnce(index => asks[index](), 2);
      const isHandedOver = 409 in statuses;
      const expected = isHandedOver ? {200: 1, 409: 1} : {204: 1, 404: 1};
      expect(statuses).to.deepEqual(expected);
      await expectOneOwner(chat(), group);
      await expectGapless(chat(), group);
    }
  });

  it('never have more members than they may', async () => {
    const group = await givenGroup(chat());
    const room = MAX_MEMBERS - 3;
    const statuses = await atOnce(index => {
      const members = [givenUserId(`m${index}`)];
      return group.admin.http.post(`${group.path}/members`, {members});
    }, 30);
    expect(statuses).to.deepEqual({200: room, 422: 30 - room});
    const members = await storedMembers(chat(), group);
    expect(members.size).to.equal(MAX_MEMBERS);
    await expectGapless(chat(), group);
  });

  it('have nobody left when they are deleted meanwhile', async () => {
    const group = await givenGroup(chat());
    const {id, path, owner, admin, member} = group;
    const asks: Ask[] = [
      () => owner.http.delete(path),
      index => admin.http.post(`${path}/members`, {members: [`m${index}`]}),
      () => member.http.post('/messages', {channelId: id, body: 'Still here'}),
      index => owner.http.patch(path, {name: `Name ${index}`}),
    ];
    const statuses = await atOnce(index => asks[index % 4](index), 40);
    expect(statuses[204]).to.equal(1);
    expect(Object.keys(statuses)).to.matchEach(/200|204|404/);
    expect((await storedMembers(chat(), group)).size).to.equal(0);
    const {changeSeq, rosterChangeSeq, deleted} = await storedChannel(
      chat(),
      group,
    );
    expect(deleted).to.be.true();
    // The deletion is the last that happened.
    expect(rosterChangeSeq).to.equal(changeSeq);
    await expectGapless(chat(), group);
  });

  it('are made once by one key', async () => {
    const ann = await givenUser(chat(), 'ann');
    const key = {'Idempotency-Key': uuidv7().toUpperCase()};
    const draft = {name: 'Once', members: [givenUserId('bob')]};
    const ids = new Set<string>();
    const statuses = await atOnce(async () => {
      const answer = await ann.http.post<Group>('/groups', draft, key);
      ids.add(answer.body.id);
      return answer;
    }, 30);
    expect(statuses).to.deepEqual({200: 30});
    expect([...ids]).to.deepEqual([key['Idempotency-Key'].toLowerCase()]);
    const [id] = ids;
    expect((await storedMembers(chat(), {id})).size).to.equal(2);
    expect(await storedMessages(chat(), {id})).to.have.length(1);
    await expectGapless(chat(), {id});
  });
});
