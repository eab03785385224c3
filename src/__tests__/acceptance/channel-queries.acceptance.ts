import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatServiceBindings} from '../../keys';
import type {
  ChannelMemberRepository,
  ChannelRepository,
  MessageReactionRepository,
  MessageRepository,
} from '../../repositories';
import {givenChatAppOfSuite, type ChatApp} from '../fixtures/chat-app';
import {
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import {statementsOf} from '../fixtures/statements';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

/** A user with channels, each of as many messages. */
interface World {
  readonly userId: string;
  readonly http: CheckedClient;
  readonly channelIds: string[];
}

type Ask = (world: World, chat: ChatApp) => Promise<unknown>;

const user = ({userId}: World) => ({id: userId, permissions: []});
const first = ({channelIds: [id]}: World) => `/channels/${id}`;

/** What is asked, with the most statements that there may be. */
const REQUESTS: [string, number, Ask][] = [
  ['the list', 2, ({http}) => http.get('/channels?limit=100')],
  ['one channel', 2, world => world.http.get(first(world))],
  ['the history', 2, world => world.http.get(`${first(world)}/messages`)],
  ['the changes', 6, world => world.http.get(`${first(world)}/changes`)],
  ['the cursors', 1, world => world.http.get(`${first(world)}/cursor`)],
  [
    'a sync of a new client',
    6,
    async (world, {app}) =>
      (await app.get(ChatServiceBindings.SyncService)).sync(user(world)),
  ],
  [
    'a sync of a client that was away',
    6,
    async (world, {app}) =>
      (await app.get(ChatServiceBindings.SyncService)).sync(user(world), {
        channels: world.channelIds.map(channelId => ({
          ...{channelId, changeSeq: 1},
        })),
      }),
  ],
  [
    'receipts of many channels',
    3,
    async (world, {app}) =>
      (await app.get(ChatServiceBindings.ReceiptService)).moveMany(
        world.channelIds.map(channelId => ({
          ...{channelId, userId: world.userId, receivedSeq: 3},
        })),
      ),
  ],
];

describeOverStores(
  'Queries of channels',
  store => {
    const chat = givenChatAppOfSuite({store});
    const worlds: World[] = [];

    before('fill channels', async () => {
      for (const size of [5, 50])
        worlds.push(await givenChannels(chat(), size));
    });

    for (const [title, most, ask] of REQUESTS) {
      it(`are as many for 50 as for 5: ${title}`, async () => {
        const counts: number[] = [];
        for (const world of worlds) {
          const statements = await statementsOf(chat(), () =>
            ask(world, chat()),
          );
          const plain = statements.filter(({sql}) => !isControl(sql));
          counts.push(plain.length);
        }
        expect(counts[1]).to.equal(counts[0]);
        expect(counts[0]).to.be.within(1, most);
      });
    }
  },
  SQL_STORES,
);

/** Transactions are begun and ended past the place that is watched, or in it. */
function isControl(sql: string): boolean {
  return /^(BEGIN|START|COMMIT|ROLLBACK|SET )/i.test(sql);
}

async function givenChannels(chat: ChatApp, size: number): Promise<World> {
  const {app} = chat;
  const get = <R>(name: string) => app.get<R>(`repositories.${name}Repository`);
  const channels = await get<ChannelRepository>('Channel');
  const members = await get<ChannelMemberRepository>('ChannelMember');
  const messages = await get<MessageRepository>('Message');
  const reactions = await get<MessageReactionRepository>('MessageReaction');
  const userId = givenUserId('ann');
  const createdOn = new Date();
  const channelIds = Array.from({length: size}, () => givenUserId('task'));
  const numbers = Array.from({length: size}, (_, index) => index + 1);
  const rows = channelIds.flatMap(channelId =>
    numbers.map(seq => ({
      ...{id: randomUUID(), channelId, channelType: 'task'},
      ...{body: 'x', kind: 'text' as const, seq, changeSeq: seq},
      ...{createdBy: 'bob', createdOn, modifiedOn: createdOn},
    })),
  );
  await channels.createAll(
    channelIds.map(id => ({
      ...{id, type: 'task', messageSeq: size, changeSeq: size},
      ...{createdOn, activeOn: createdOn},
    })),
  );
  await members.createAll(
    channelIds.flatMap(channelId =>
      numbers.map(number => ({
        ...{id: randomUUID(), channelId, channelType: 'task', createdOn},
        userId: number === 1 ? userId : givenUserId('bob'),
      })),
    ),
  );
  await messages.createAll(rows);
  await reactions.createAll(
    rows.map(({id: messageId, channelId}) => ({
      ...{id: randomUUID(), messageId, channelId, createdOn},
      ...{userId: 'bob', emoji: '👍'},
    })),
  );
  return {userId, channelIds, http: await givenCheckedClient(chat, userId)};
}
