import {BindingScope, createBindingFromClass} from '@loopback/core';
import {expect, skipIf} from '@loopback/testlab';
import {givenChatApp, givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  advance,
  block,
  givenPeople,
  inbox,
  notify,
  type People,
  type Person,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {FakeGroups} from '../fixtures/fake-groups';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const GROUPS = 'chat.groupService';

describeOverStores('Invitation', store => {
  const isMemory = store.database === 'memory';
  const chat = givenChatAppOfSuite({
    store,
    after: app =>
      app.add(
        createBindingFromClass(FakeGroups, {
          key: GROUPS,
          defaultScope: BindingScope.SINGLETON,
        }),
      ),
  });
  let people: People;
  let groups: FakeGroups;
  let groupId: string;

  beforeEach(async () => {
    people = await givenPeople(chat());
    groups = await chat().app.get<FakeGroups>(GROUPS);
    groups.inviters.add(people.ann.id);
    groups.afterJoining = () => undefined;
    groups.isDeaf = false;
    groupId = givenUserId('group');
  });

  function invite(from: Person, to: Person, more: object = {}) {
    return notify(from, to, {
      type: 'group_invite',
      channelId: groupId,
      ...more,
    });
  }

  context('when a user invites another', () => {
    it('reaches the other, who is no member by that', async () => {
      const {ann, bob} = people;
      const {status, body} = await invite(ann, bob, {remark: 'Join us'});
      expect(status).to.equal(200);
      expect(body).to.containEql({
        type: 'group_invite',
        channelId: groupId,
        status: 'initial',
      });
      expect(await inbox(bob)).to.deepEqual([body]);
      expect(await groups.has(groupId, bob.id)).to.be.false();
    });

    it('is the same invitation while it waits', async () => {
      const {ann, bob} = people;
      const answers = await Promise.all(
        Array.from({length: 10}, () => invite(ann, bob)),
      );
      const ids = new Set(answers.map(({body}) => body.id));
      expect(ids.size).to.equal(1);
      const other = await invite(ann, bob, {channelId: givenUserId('group')});
      expect(ids.has(other.body.id)).to.be.false();
    });

    it('answers as the groups say to whom may not invite', async () => {
      const {bob, eve} = people;
      expectError(await invite(eve, bob), 403);
      expect(await inbox(bob)).to.deepEqual([]);
    });

    it('answers 403 to one whom the other has blocked', async () => {
      const {ann, bob} = people;
      await block(bob, ann);
      expectError(await invite(ann, bob), 403);
    });
  });

  context('when the other answers', () => {
    it('makes the other a member, once', async () => {
      const {ann, bob} = people;
      const {body} = await invite(ann, bob);
      const joined = await advance(bob, body, 'fulfilled');
      expect(joined.body.status).to.equal('fulfilled');
      expect(await groups.has(groupId, bob.id)).to.be.true();
      const again = await advance(bob, body, 'fulfilled');
      expect(again.body).to.deepEqual(joined.body);
      expectError(await advance(bob, body, 'rejected'), 409);
    });

    it('makes nobody a member who rejects, and lets invite again', async () => {
      const {ann, bob} = people;
      const {body} = await invite(ann, bob);
      await advance(bob, body, 'rejected');
      expectError(await advance(bob, body, 'fulfilled'), 409);
      expect(await groups.has(groupId, bob.id)).to.be.false();
      expect((await invite(ann, bob)).body.id).to.not.equal(body.id);
    });

    it('has one outcome when both come at once', async () => {
      const {ann, bob} = people;
      for (let round = 0; round < 10; round++) {
        groupId = givenUserId('group');
        const {body} = await invite(ann, bob);
        const answers = await Promise.all(
          ['fulfilled', 'rejected', 'fulfilled', 'rejected'].map(status =>
            advance(bob, body, status),
          ),
        );
        const [accepted, rejected, ...again] = answers.map(a => a.status);
        expect([accepted, rejected].sort()).to.deepEqual([200, 409]);
        expect(again).to.deepEqual([accepted, rejected]);
        // Memory has no transactions, and an order all the same.
        const isMember = await groups.has(groupId, bob.id);
        expect(isMember).to.equal(accepted === 200);
      }
    });

    it('waits on when the inviter may not invite any more', async () => {
      const {ann, bob} = people;
      const {body} = await invite(ann, bob);
      groups.inviters.delete(ann.id);
      expectError(await advance(bob, body, 'fulfilled'), 404);
      expect((await inbox(bob))[0].status).to.equal('initial');
    });

    skipIf(
      isMemory,
      it,
      'does nothing by half when joining fails',
      async () => {
        const {ann, bob} = people;
        const {body} = await invite(ann, bob);
        groups.afterJoining = () => {
          throw new TypeError('inner');
        };
        expectError(await advance(bob, body, 'fulfilled'), 500);
        expect(await inbox(bob)).to.deepEqual([body]);
        expect(await groups.has(groupId, bob.id)).to.be.false();
        groups.afterJoining = () => undefined;
        expect((await advance(bob, body, 'fulfilled')).status).to.equal(200);
        expect(await groups.has(groupId, bob.id)).to.be.true();
      },
    );

    it('is answered also by groups that know of no transaction', async () => {
      const {ann, bob} = people;
      groups.isDeaf = true;
      const {body} = await invite(ann, bob);
      const joined = await advance(bob, body, 'fulfilled');
      expect(joined.body.status).to.equal('fulfilled');
      expect(await groups.has(groupId, bob.id)).to.be.true();
    });

    it('answers 404 to a stranger and 403 to the inviter', async () => {
      const {ann, bob, eve} = people;
      const {body} = await invite(ann, bob);
      expectError(await advance(eve, body, 'fulfilled'), 404);
      expectError(await advance(ann, body, 'fulfilled'), 403);
      expect(await groups.has(groupId, eve.id)).to.be.false();
    });
  });

  it('answers 404 where there are no groups', async () => {
    const host = await givenChatApp({
      store,
      after: app => app.bind(GROUPS).to(undefined),
    });
    const {ann, bob} = await givenPeople(host);
    expectError(await invite(ann, bob), 404);
  });
});
