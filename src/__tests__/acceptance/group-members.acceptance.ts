import {expect} from '@loopback/testlab';
import type {Group, GroupMember} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {expectError} from '../fixtures/conversation';
import {
  expectGapless,
  givenBlock,
  givenGroup,
  listenTo,
  membersOf,
  storedChannel,
  storedMembers,
  storedMessages,
  storedRoles,
} from '../fixtures/group';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const LIMITS = {maxBasicMembers: 5, maxBigMembers: 6};

describeOverStores('Members of groups', store => {
  const chat = givenChatAppOfSuite({store, config: {groups: LIMITS}});

  context('when members are added', () => {
    it('answers them, and tells once', async () => {
      const group = await givenGroup(chat());
      const {admin, path} = group;
      const told = await listenTo(chat(), group);
      const ids = ['dee', 'cid'].map(givenUserId);
      const members = [...ids, ids[0]];
      const {status, body} = await admin.http.post<GroupMember[]>(
        `${path}/members`,
        {members},
      );
      expect(status).to.equal(200);
      // What was written before is not unread to them.
      const fresh = {role: 'member', receivedSeq: 2, readSeq: 2};
      expect(body.map(({since, ...member}) => member)).to.deepEqual(
        ids.map(userId => ({userId, ...fresh})),
      );
      expect(told).to.have.length(2);
      const added = {event: 'member.added', changeSeq: 5, actorId: admin.id};
      expect(told[0]).to.containEql({...added, userIds: ids});
      expect(told[1]).to.containEql({event: 'message member.added'});
      const listed = await membersOf(group.member, group);
      expect(listed.slice(3)).to.deepEqual(body);
      const [message] = (await storedMessages(chat(), group)).slice(-1);
      expect(message.body).to.equal(`${admin.id} added ${ids.join(', ')}`);
      await expectGapless(chat(), group);
    });

    it('changes and numbers nothing for those who are members', async () => {
      const group = await givenGroup(chat());
      const before = await storedChannel(chat(), group);
      const told = await listenTo(chat(), group);
      const members = [group.member.id, group.owner.id];
      const path = `${group.path}/members`;
      const {body} = await group.admin.http.post<GroupMember[]>(path, {
        members,
      });
      const [owner, , member] = await membersOf(group.owner, group);
      expect(body).to.deepEqual([owner, member]);
      expect(told).to.deepEqual([]);
      expect(await storedChannel(chat(), group)).to.deepEqual(before);
    });

    it('answers 422 when they are too many, and adds nobody', async () => {
      for (const [type, room] of [
        ['basic', 2],
        ['big', 3],
      ] as const) {
        const {id, path, owner} = await givenGroup(chat(), {type});
        const members = Array.from({length: room + 1}, () => givenUserId('m'));
        const tooMany = await owner.http.post(`${path}/members`, {members});
        expectError(tooMany, 422, 'members');
        expect((await storedMembers(chat(), {id})).size).to.equal(3);
        members.pop();
        await owner.http.post(`${path}/members`, {members});
        const full = await owner.http.get<Group>(path);
        expect(full.body.memberCount).to.equal(3 + room);
        // Who is a member already needs no room.
        const again = await owner.http.post(`${path}/members`, {members});
        expect(again.status).to.equal(200);
      }
    });

    it('answers 403 when one has blocked who adds, and adds nobody', async () => {
      const group = await givenGroup(chat());
      const {admin, owner, path} = group;
      const [dee, cid] = ['dee', 'cid'].map(givenUserId);
      await givenBlock(chat(), dee, admin.id);
      const before = await storedChannel(chat(), group);
      const body = {members: [cid, dee]};
      const refused = await admin.http.post(`${path}/members`, body);
      expectError(refused, 403);
      expect(refused.body).to.have.propertyByPath('error', 'code');
      expect(refused.text).to.containEql('CHAT_BLOCKED');
      expect(await storedChannel(chat(), group)).to.deepEqual(before);
      const draft = {name: 'Trap', members: [cid, dee]};
      const trap = await admin.http.post('/groups', draft);
      expect(trap.text).to.containEql('CHAT_BLOCKED');
      const {body: own} = await admin.http.get<Group[]>('/groups');
      expect(own).to.have.length(1);
      // Another may, and then the block hinders nobody.
      await owner.http.post(`${path}/members`, body);
      const {status} = await admin.http.post(`${path}/members`, body);
      expect(status).to.equal(200);
      await expectGapless(chat(), group);
    });

    it('does not hear who blocks or was blocked by another', async () => {
      const group = await givenGroup(chat());
      const dee = givenUserId('dee');
      await givenBlock(chat(), group.admin.id, dee);
      await givenBlock(chat(), dee, group.owner.id);
      const path = `${group.path}/members`;
      const {status} = await group.admin.http.post(path, {members: [dee]});
      expect(status).to.equal(200);
    });

    it('keeps users apart whose ids differ in case only', async () => {
      const {id, path, owner} = await givenGroup(chat());
      const upper = owner.id.toUpperCase();
      await owner.http.post(`${path}/members`, {members: [upper]});
      const roles = await storedRoles(chat(), {id});
      expect(roles[upper]).to.equal('member');
      expect(roles[owner.id]).to.equal('owner');
    });
  });

  context('when a member is removed', () => {
    it('tells once, with the former member', async () => {
      const group = await givenGroup(chat());
      const {admin, member, path} = group;
      const told = await listenTo(chat(), group);
      const at = `${path}/members/${member.id}`;
      expect((await admin.http.delete(at)).status).to.equal(204);
      expect(told).to.have.length(2);
      const removed = {event: 'member.removed', actorId: admin.id};
      expect(told[0]).to.containEql({...removed, userIds: [member.id]});
      expect(told[1]).to.containEql({event: 'message member.removed'});
      expectError(await admin.http.delete(at), 404);
      expect(told).to.have.length(2);
      await expectGapless(chat(), group);
    });

    it('lets the former member see and do nothing', async () => {
      const {id, path, admin, member} = await givenGroup(chat());
      const draft = {channelId: id, body: 'Mine'};
      const {body: own} = await member.http.post('/messages', draft);
      await admin.http.delete(`${path}/members/${member.id}`);
      const message = `/messages/${own.id}`;
      const requests: [string, string, object?][] = [
        ['GET', path],
        ['GET', `${path}/members`],
        ['PATCH', path, {name: 'x'}],
        ['POST', `${path}/members`, {members: [member.id]}],
        ['DELETE', `${path}/members/${member.id}`],
        ['DELETE', `${path}/members/${admin.id}`],
        ['PATCH', `${path}/members/${member.id}`, {role: 'owner'}],
        ['GET', message],
        ['DELETE', message],
        ['PATCH', message, {body: 'Changed'}],
        ['POST', '/messages', draft],
        ['POST', '/messages', {...draft, channelType: 'task'}],
        ['POST', `${message}/messages`, {body: 'Reply'}],
      ];
      for (const [method, at, body] of requests) {
        expectError(await member.http.send(method, at, body), 404);
      }
      expect((await member.http.get('/groups')).body).to.deepEqual([]);
      expect((await member.http.find()).body).to.deepEqual([]);
      const {body} = await admin.http.get(message);
      expect(body.body).to.equal('Mine');
    });

    it('lets in again who is added again', async () => {
      const group = await givenGroup(chat());
      const {id, path, admin, member} = group;
      await admin.http.delete(`${path}/members/${member.id}`);
      await admin.http.post('/messages', {channelId: id, body: 'Meanwhile'});
      const members = [member.id];
      await admin.http.post(`${path}/members`, {members});
      const [, , again] = await membersOf(member, group);
      expect(again).to.containEql({userId: member.id, readSeq: 4});
      const {body} = await member.http.get<Group>(path);
      expect(body.memberCount).to.equal(3);
      await expectGapless(chat(), group);
    });
  });
});
