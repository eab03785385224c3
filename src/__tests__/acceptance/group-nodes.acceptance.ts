import {expect} from '@loopback/testlab';
import {v7 as uuidv7} from 'uuid';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import {
  atOnce,
  expectGapless,
  expectOneOwner,
  givenGroup,
  storedChannel,
  storedMembers,
  type GivenGroup,
} from '../fixtures/group';
import {SQL_STORES, describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const MAX_MEMBERS = 12;
const config = {groups: {maxBasicMembers: MAX_MEMBERS}};

describeOverStores(
  'Groups changed at once by two processes',
  store => {
    const here = givenChatAppOfSuite({store, config});
    const there = givenChatAppOfSuite({store, config});

    async function bothOf({id}: {id: string}): Promise<CheckedClient[]> {
      return Promise.all(
        [here(), there()].map(chat => givenCheckedClient(chat, id)),
      );
    }

    async function givenBoth(): Promise<[GivenGroup, CheckedClient[]]> {
      const group = await givenGroup(here());
      return [group, await bothOf(group.owner)];
    }

    it('have a user once whom both processes add', async () => {
      const [group, owners] = await givenBoth();
      const {changeSeq} = await storedChannel(here(), group);
      const body = {members: [givenUserId('dee')]};
      const statuses = await atOnce(
        index => owners[index % 2].post(`${group.path}/members`, body),
        20,
      );
      expect(statuses).to.deepEqual({200: 20});
      const after = await storedChannel(here(), group);
      expect(after.changeSeq).to.equal(changeSeq + 2);
      await expectGapless(here(), group);
    });

    it('never have more members than they may, in sum', async () => {
      const [group, owners] = await givenBoth();
      const room = MAX_MEMBERS - 3;
      const statuses = await atOnce(index => {
        const members = [givenUserId(`m${index}`)];
        return owners[index % 2].post(`${group.path}/members`, {members});
      }, 20);
      expect(statuses).to.deepEqual({200: room, 422: 20 - room});
      await expectGapless(here(), group);
    });

    it('have one owner', async () => {
      const [group, owners] = await givenBoth();
      const targets = [group.admin.id, group.member.id];
      const statuses = await atOnce(
        index =>
          owners[index % 2].patch(
            `${group.path}/members/${targets[index % 2]}`,
            {role: 'owner'},
          ),
        10,
      );
      expect(statuses).to.deepEqual({200: 1, 403: 9});
      await expectOneOwner(here(), group);
      await expectGapless(here(), group);
    });

    it('are made once by one key, for one user', async () => {
      const users = [{id: givenUserId('ann')}, {id: givenUserId('bob')}];
      const [ann, bob] = await Promise.all(users.map(bothOf));
      const clients = [...ann, ...bob];
      for (let round = 0; round < 3; round++) {
        const id = uuidv7();
        const key = {'Idempotency-Key': id};
        const statuses = await atOnce(
          index => clients[index % 4].post('/groups', {name: 'Mine'}, key),
          12,
        );
        expect(statuses).to.deepEqual({200: 6, 409: 6});
        expect((await storedMembers(here(), {id})).size).to.equal(1);
        await expectGapless(here(), {id});
      }
    });
  },
  SQL_STORES,
);
