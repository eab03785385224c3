import {expect} from '@loopback/testlab';
import type {Group} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {expectError} from '../fixtures/conversation';
import {
  expectGapless,
  givenGroup,
  listenTo,
  storedMembers,
  storedMessages,
  storedRoles,
} from '../fixtures/group';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Owners of groups', store => {
  const chat = givenChatAppOfSuite({store});

  context('when a member leaves', () => {
    it('tells so, and lets the other members be', async () => {
      const group = await givenGroup(chat());
      const told = await listenTo(chat(), group);
      for (const {id, http} of [group.member, group.admin]) {
        const {status} = await http.delete(`${group.path}/members/${id}`);
        expect(status).to.equal(204);
        expectError(await http.get(group.path), 404);
      }
      const left = told.filter(({event}) => event === 'message member.left');
      expect(left.map(({actorId}) => actorId)).to.deepEqual([
        group.member.id,
        group.admin.id,
      ]);
      const roles = {[group.owner.id]: 'owner'};
      expect(await storedRoles(chat(), group)).to.deepEqual(roles);
    });

    it('answers 409 to the owner, also to the last member', async () => {
      const group = await givenGroup(chat());
      const {owner, admin, member, path} = group;
      const leave = () => owner.http.delete(`${path}/members/${owner.id}`);
      expectError(await leave(), 409, 'role');
      for (const {id} of [admin, member]) {
        await owner.http.delete(`${path}/members/${id}`);
      }
      expectError(await leave(), 409, 'role');
      expect((await storedMembers(chat(), group)).size).to.equal(1);
    });

    it('lets the former owner go after handing over', async () => {
      const group = await givenGroup(chat());
      const {owner, member, path} = group;
      const role = {role: 'owner'};
      await owner.http.patch(`${path}/members/${member.id}`, role);
      const left = await owner.http.delete(`${path}/members/${owner.id}`);
      expect(left.status).to.equal(204);
      const {body} = await member.http.get<Group>(path);
      expect(body).to.containEql({ownerId: member.id, memberCount: 2});
    });
  });

  context('when a role is changed', () => {
    it('promotes and demotes, and tells of each once', async () => {
      const group = await givenGroup(chat());
      const {owner, member} = group;
      const at = `${group.path}/members/${member.id}`;
      const told = await listenTo(chat(), group);
      for (const role of ['admin', 'member']) {
        const {status, body} = await owner.http.patch(at, {role});
        expect(status).to.equal(200);
        expect(body).to.containEql({userId: member.id, role});
        const roles = await storedRoles(chat(), group);
        expect(roles[member.id]).to.equal(role);
        await owner.http.patch(at, {role});
      }
      const userIds = [member.id];
      expect(told).to.have.length(4);
      expect(told[0]).to.containEql({event: 'member.updated', role: 'admin'});
      expect(told[1]).to.containEql({event: 'message role.changed'});
      expect(told[2]).to.containEql({role: 'member', userIds});
      const [last] = (await storedMessages(chat(), group)).slice(-1);
      expect(last.body).to.equal(`${owner.id} made ${member.id} member`);
      await expectGapless(chat(), group);
    });

    it('hands over by one request', async () => {
      const group = await givenGroup(chat());
      const {owner, member, path} = group;
      const told = await listenTo(chat(), group);
      const at = `${path}/members/${member.id}`;
      await owner.http.patch(at, {role: 'owner'});
      expect(await storedRoles(chat(), group)).to.deepEqual({
        [member.id]: 'owner',
        [group.admin.id]: 'admin',
        [owner.id]: 'admin',
      });
      const roles = told.map(({event, role, changeSeq}) =>
        [event, role ?? '', changeSeq].join(' '),
      );
      expect(roles).to.deepEqual([
        'member.updated admin 5',
        'member.updated owner 6',
        'message role.changed  7',
      ]);
      const {body} = await owner.http.get<Group>(path);
      expect(body.ownerId).to.equal(member.id);
      expectError(await owner.http.patch(at, {role: 'member'}), 403);
      expectError(await owner.http.delete(path), 403);
    });
  });
});
