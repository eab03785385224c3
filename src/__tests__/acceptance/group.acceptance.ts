import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {Group} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import {expectError} from '../fixtures/conversation';
import {
  expectGapless,
  givenGroup,
  givenUser,
  listenTo,
  storedChannel,
  storedMembers,
  storedMessages,
  storedRoles,
} from '../fixtures/group';
import type {RestMessage} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const LIMITS = {maxBasicMembers: 4, maxBigMembers: 6};

describeOverStores('Groups', store => {
  const chat = givenChatAppOfSuite({store, config: {groups: LIMITS}});

  context('when a group is made', () => {
    it('answers the group, owned by who made it', async () => {
      const ann = await givenUser(chat(), 'ann');
      const bob = givenUserId('bob');
      const avatar = 'https://example.com/a.png';
      const draft = {name: 'Hiking', avatar, members: [bob, ann.id, bob]};
      const {status, body} = await ann.http.post<Group>('/groups', draft);
      expect(status).to.equal(200);
      expect(body).to.containEql({
        ...{name: 'Hiking', avatar, type: 'basic', ownerId: ann.id},
        ...{memberCount: 2, messageSeq: 1, changeSeq: 2, createdBy: ann.id},
      });
      const roles = {[ann.id]: 'owner', [bob]: 'member'};
      expect(await storedRoles(chat(), body)).to.deepEqual(roles);
      const {body: read} = await ann.http.get<Group>(`/groups/${body.id}`);
      expect(read).to.deepEqual(body);
    });

    it('begins with a SYSTEM message', async () => {
      const {id, owner} = await givenGroup(chat());
      const [first] = await storedMessages(chat(), {id});
      expect(first).to.containEql({
        ...{kind: 'system', seq: 1, channelType: 'group'},
        ...{createdBy: owner.id, body: `${owner.id} created the group`},
      });
      const note = {event: 'group.created', name: 'Hiking'};
      expect(JSON.parse(first.ext ?? '')).to.deepEqual(note);
      await expectGapless(chat(), {id});
    });

    it('may have as many members as its size allows, and no more', async () => {
      const {http} = await givenUser(chat(), 'ann');
      for (const [type, most] of [
        ['basic', LIMITS.maxBasicMembers],
        ['big', LIMITS.maxBigMembers],
      ] as const) {
        const members = Array.from({length: most - 1}, () => givenUserId('m'));
        const draft = {name: 'Full', type, members};
        const {body} = await http.post<Group>('/groups', draft);
        expect(body.memberCount).to.equal(most);
        members.push(givenUserId('one-more'));
        expectError(await http.post('/groups', draft), 422, 'members');
      }
    });

    const long = 'ü'.repeat(200);
    for (const name of [long, '😀'.repeat(200), ' a ', '<b>&"\\\n']) {
      it(`keeps the name ${JSON.stringify(name.slice(0, 9))} as it is`, async () => {
        const {http} = await givenUser(chat(), 'ann');
        const {body} = await http.post<Group>('/groups', {name});
        expect(body.name).to.equal(name);
        const {body: read} = await http.get<Group>(`/groups/${body.id}`);
        expect(read.name).to.equal(name);
      });
    }

    const address = `https://example.com/${'a'.repeat(1004)}`;
    const id = randomUUID();
    for (const [avatar, kept] of [
      [address, address],
      [id.toUpperCase(), id],
    ]) {
      it(`keeps the avatar ${avatar.slice(0, 30)}`, async () => {
        const {http} = await givenUser(chat(), 'ann');
        const draft = {name: 'Painted', avatar};
        const {body} = await http.post<Group>('/groups', draft);
        expect(body.avatar).to.equal(kept);
      });
    }
  });

  context('when groups are listed', () => {
    it('gives those of the user, the longest joined first', async () => {
      const {id, owner, member} = await givenGroup(chat());
      const other = await givenGroup(chat(), {members: [member.id]});
      await givenGroup(chat());
      const {body} = await member.http.get<Group[]>('/groups');
      expect(body.map(group => group.id)).to.deepEqual([id, other.id]);
      expect(body.map(group => group.memberCount)).to.deepEqual([3, 4]);
      expect(body[0]).to.not.have.property('members');
      const own = await owner.http.get<Group[]>('/groups');
      expect(own.body).to.deepEqual([body[0]]);
    });

    it('gives pages of them', async () => {
      const member = await givenUser(chat(), 'member');
      const ids: string[] = [];
      for (let count = 0; count < 3; count++) {
        const members = [member.id];
        ids.push((await givenGroup(chat(), {members})).id);
      }
      const page = async (filter: object) => {
        const path = asking('/groups', {filter});
        const {body} = await member.http.get<Group[]>(path);
        return body.map(({id}) => id);
      };
      expect(await page({limit: 2})).to.deepEqual(ids.slice(0, 2));
      expect(await page({limit: 2, offset: 2})).to.deepEqual(ids.slice(2));
      expect(await page({skip: 1})).to.deepEqual(ids.slice(1));
      expect(await page({offset: 3})).to.deepEqual([]);
    });

    it('includes the members where they are asked for', async () => {
      const {owner, admin, member} = await givenGroup(chat());
      const filter = {include: ['members']};
      const path = asking('/groups', {filter});
      const {body} = await member.http.get<Group[]>(path);
      const members = body[0].members?.map(({userId, role}) => [userId, role]);
      expect(members).to.deepEqual([
        [owner.id, 'owner'],
        [admin.id, 'admin'],
        [member.id, 'member'],
      ]);
    });
  });

  context('when a group is changed', () => {
    it('tells of each change once, by a number and a message', async () => {
      const group = await givenGroup(chat());
      const told = await listenTo(chat(), group);
      const avatar = 'https://example.com/b.png';
      const {status, body} = await group.admin.http.patch<Group>(group.path, {
        ...{name: 'Climbing', avatar},
      });
      expect(status).to.equal(200);
      expect(body).to.containEql({name: 'Climbing', avatar, memberCount: 3});
      const numbers = told.map(({event, changeSeq}) => [event, changeSeq]);
      expect(numbers).to.deepEqual([
        ['channel.updated', 5],
        ['message group.renamed', 6],
        ['message avatar.changed', 7],
      ]);
      expect(body.changeSeq).to.equal(7);
      const {rosterChangeSeq} = await storedChannel(chat(), group);
      expect(rosterChangeSeq).to.equal(5);
      await expectGapless(chat(), group);
    });

    it('changes and numbers nothing when all is so already', async () => {
      const group = await givenGroup(chat());
      const before = await storedChannel(chat(), group);
      for (const change of [{}, {name: 'Hiking'}, {avatar: null}]) {
        const {status} = await group.owner.http.patch(group.path, change);
        expect(status).to.equal(200);
      }
      expect(await storedChannel(chat(), group)).to.deepEqual(before);
    });

    it('takes the avatar away', async () => {
      const {path, owner} = await givenGroup(chat());
      const avatar = 'https://example.com/c.png';
      await owner.http.patch(path, {avatar});
      expect((await owner.http.get<Group>(path)).body.avatar).to.equal(avatar);
      const {body} = await owner.http.patch<Group>(path, {avatar: null});
      expect(body).to.not.have.property('avatar');
      const {body: read} = await owner.http.get<Group>(path);
      expect(read).to.not.have.property('avatar');
      expect(read.name).to.equal('Hiking');
    });
  });

  context('when a group is deleted', () => {
    it('is seen by nobody, and neither are its messages', async () => {
      const group = await givenGroup(chat());
      const {id, path, owner, member, support} = group;
      const draft = {channelId: id, body: 'Ours'};
      const {body: message} = await member.http.post('/messages', draft);
      const told = await listenTo(chat(), group);
      expect((await owner.http.delete(path)).status).to.equal(204);
      expect(told).to.have.length(1);
      expect(told[0]).to.containEql({event: 'channel.deleted', changeSeq: 6});
      expect([...(told[0].userIds ?? [])].sort()).to.deepEqual(
        [owner.id, group.admin.id, member.id].sort(),
      );
      for (const {http} of [owner, group.admin, member]) {
        expectError(await http.get(path), 404);
        expectError(await http.get(`${path}/members`), 404);
        expectError(await http.get(`/messages/${message.id}`), 404);
        expectError(await http.post('/messages', draft), 404);
        expect((await http.get('/groups')).body).to.deepEqual([]);
        expect((await http.find()).body).to.deepEqual([]);
      }
      expect((await storedMembers(chat(), group)).size).to.equal(0);
      const channel = await storedChannel(chat(), group);
      expect(channel).to.containEql({deleted: true, deletedBy: owner.id});
      const legal = await support.http.get<RestMessage>(
        `/messages/${message.id}`,
      );
      expect(legal.body.body).to.equal('Ours');
      await expectGapless(chat(), group);
    });

    it('answers 404 the second time, to an administrator too', async () => {
      const {path, owner, support} = await givenGroup(chat());
      await owner.http.delete(path);
      expectError(await owner.http.delete(path), 404);
      expectError(await support.http.delete(path), 404);
      expectError(await support.http.get(path), 404);
      const body = {members: ['bob']};
      expectError(await support.http.post(`${path}/members`, body), 404);
    });
  });
});
