import {expect} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import type {GroupService} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {expectError} from '../fixtures/conversation';
import {
  expectGapless,
  givenGroup,
  listenTo,
  storedChannel,
  storedMembers,
  storedRoles,
  type GivenGroup,
} from '../fixtures/group';
import {rejection} from '../fixtures/rejection';
import {givenUserId} from '../fixtures/token';

const LIMITS = {maxBasicMembers: 5};

type Actor = 'owner' | 'admin' | 'member' | 'stranger' | 'support';
type Target = Actor | 'otherAdmin' | 'malformed';

describe('Roles in groups', () => {
  const chat = givenChatAppOfSuite({config: {groups: LIMITS}});
  let group: GivenGroup;
  let otherAdmin: string;

  beforeEach('make a group with two admins', async () => {
    otherAdmin = givenUserId('admin');
    group = await givenGroup(chat(), {members: [otherAdmin]});
    await group.owner.http.patch(at('otherAdmin'), {role: 'admin'});
  });

  function at(target: Target): string {
    const ids = {otherAdmin, malformed: '%00'};
    const id =
      target === 'otherAdmin' || target === 'malformed'
        ? ids[target]
        : group[target].id;
    return `${group.path}/members/${id}`;
  }

  const removals: [Actor, Target, number][] = [
    ['stranger', 'member', 404],
    ['stranger', 'stranger', 404],
    ['member', 'admin', 403],
    ['member', 'owner', 403],
    ['member', 'stranger', 403],
    ['member', 'member', 204],
    ['admin', 'member', 204],
    ['admin', 'admin', 204],
    ['admin', 'otherAdmin', 403],
    ['admin', 'owner', 403],
    ['admin', 'stranger', 404],
    ['owner', 'member', 204],
    ['owner', 'otherAdmin', 204],
    ['owner', 'owner', 409],
    ['owner', 'stranger', 404],
    ['owner', 'malformed', 404],
    ['support', 'member', 204],
    ['support', 'otherAdmin', 204],
    ['support', 'owner', 409],
    ['support', 'support', 404],
  ];
  for (const [actor, target, status] of removals) {
    it(`answers ${status} when ${actor} removes ${target}`, async () => {
      const before = await storedChannel(chat(), group);
      const {size} = await storedMembers(chat(), group);
      const answer = await group[actor].http.delete(at(target));
      const isDone = status === 204;
      if (isDone) expect(answer.status).to.equal(status);
      else expectError(answer, status);
      const rest = await storedMembers(chat(), group);
      expect(rest.size).to.equal(isDone ? size - 1 : size);
      const after = await storedChannel(chat(), group);
      expect(after.changeSeq).to.equal(before.changeSeq + (isDone ? 2 : 0));
      await expectGapless(chat(), group);
    });
  }

  const roles: [Actor, Target, string, number][] = [
    ['stranger', 'member', 'admin', 404],
    ['member', 'member', 'admin', 403],
    ['member', 'admin', 'member', 403],
    ['admin', 'member', 'admin', 403],
    ['admin', 'otherAdmin', 'member', 403],
    ['admin', 'admin', 'owner', 403],
    ['owner', 'member', 'admin', 200],
    ['owner', 'otherAdmin', 'member', 200],
    ['owner', 'member', 'owner', 200],
    ['owner', 'owner', 'owner', 200],
    ['owner', 'owner', 'admin', 409],
    ['owner', 'owner', 'member', 409],
    ['owner', 'stranger', 'owner', 404],
    ['owner', 'malformed', 'admin', 404],
    ['owner', 'member', 'king', 422],
    ['owner', 'member', '', 422],
    ['support', 'member', 'owner', 200],
    ['support', 'owner', 'member', 409],
    ['support', 'support', 'owner', 404],
  ];
  for (const [actor, target, role, status] of roles) {
    it(`answers ${status} when ${actor} makes ${target} ${role}`, async () => {
      const before = await storedRoles(chat(), group);
      const answer = await group[actor].http.patch(at(target), {role});
      const after = await storedRoles(chat(), group);
      if (status === 200) {
        expect(answer.status).to.equal(status);
        expect(answer.body).to.containEql({role});
      } else {
        expectError(answer, status);
        expect(after).to.deepEqual(before);
      }
      const owners = Object.keys(after).filter(id => after[id] === 'owner');
      const {ownerId} = await storedChannel(chat(), group);
      expect(owners).to.deepEqual([ownerId]);
      await expectGapless(chat(), group);
    });
  }

  context('when a user is invited', () => {
    let groups: GroupService;
    const as = (id: string) => ({id, permissions: []});

    beforeEach(async () => {
      groups = await chat().app.get(ChatServiceBindings.GroupService);
    });

    it('lets owner and admins invite', async () => {
      const {id, owner, admin, member, stranger} = group;
      for (const inviter of [owner, admin]) {
        await groups.expectMayInvite(as(inviter.id), id);
      }
      for (const [inviter, code] of [
        [member, 'CHAT_FORBIDDEN'],
        [stranger, 'CHAT_NOT_FOUND'],
      ] as const) {
        const refusal = groups.expectMayInvite(as(inviter.id), id);
        expect(await rejection(refusal)).to.containEql({code});
      }
      const nowhere = groups.expectMayInvite(as(owner.id), 'no group');
      const code = 'CHAT_NOT_FOUND';
      expect(await rejection(nowhere)).to.containEql({code});
    });

    it('adds who accepts, once, as added by the inviter', async () => {
      const {id, admin, stranger} = group;
      const told = await listenTo(chat(), group);
      const accept = () =>
        groups.acceptInvitation(as(stranger.id), id, admin.id);
      await Promise.all([accept(), accept(), accept()]);
      expect(told).to.have.length(2);
      const added = {event: 'member.added', actorId: admin.id};
      expect(told[0]).to.containEql({...added, userIds: [stranger.id]});
      expect(told[1]).to.containEql({actorId: admin.id});
      const {status} = await stranger.http.get(group.path);
      expect(status).to.equal(200);
      await expectGapless(chat(), group);
    });

    it('adds nobody when the inviter may not invite any more', async () => {
      const {id, owner, admin, member, stranger} = group;
      await owner.http.patch(at('admin'), {role: 'member'});
      await owner.http.delete(at('otherAdmin'));
      const code = 'CHAT_NOT_FOUND';
      for (const inviterId of [
        ...[admin.id, member.id, otherAdmin, stranger.id],
      ]) {
        const refusal = groups.acceptInvitation(as(stranger.id), id, inviterId);
        expect(await rejection(refusal)).to.containEql({code});
      }
      await owner.http.delete(group.path);
      const late = groups.acceptInvitation(as(stranger.id), id, owner.id);
      expect(await rejection(late)).to.containEql({code});
      expect((await storedMembers(chat(), group)).size).to.equal(0);
    });

    it('adds nobody to what is no group', async () => {
      const {owner, member, stranger} = group;
      const channelId = givenUserId('task');
      const draft = {channelType: 'task', toUserId: member.id, body: 'Hello'};
      await owner.http.post('/messages', {channelId, ...draft});
      const refusal = groups.acceptInvitation(
        as(stranger.id),
        channelId,
        owner.id,
      );
      const code = 'CHAT_NOT_FOUND';
      expect(await rejection(refusal)).to.containEql({code});
      const members = await storedMembers(chat(), {id: channelId});
      expect(members.size).to.equal(2);
    });

    it('adds nobody to a full group', async () => {
      const {id, owner, stranger} = group;
      const invitees = [stranger.id, ...['a', 'b', 'c'].map(givenUserId)];
      const outcomes = await Promise.allSettled(
        invitees.map(invitee =>
          groups.acceptInvitation(as(invitee), id, owner.id),
        ),
      );
      const reasons = outcomes.flatMap(outcome =>
        outcome.status === 'rejected' ? [outcome.reason.code] : [],
      );
      expect(reasons).to.deepEqual(Array(3).fill('CHAT_CONFLICT'));
      expect((await storedMembers(chat(), group)).size).to.equal(5);
    });
  });
});
