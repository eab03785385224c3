import {expect} from '@loopback/testlab';
import {ChatInternalBindings} from '../../keys';
import {membersOf} from '../fixtures/channels';
import {givenChatAppOfSuite, type ChatApp} from '../fixtures/chat-app';
import {
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import type {RestRow} from '../fixtures/conversation';
import type {RestMessage} from '../fixtures/http-client';
import {givenRandom, type Random} from '../fixtures/random';
import {describeOverStores} from '../fixtures/stores';
import {givenSyncClient, type SyncClient} from '../fixtures/sync-client';
import {givenUserId} from '../fixtures/token';

const SEED = Number(process.env.TEST_SEED ?? 20261122);
const USERS = 4;
const STEPS = 80;
const MOST_AT_ONCE = 5;
const EMOJI = ['👍', '❤️', '🎉'];

interface Actor {
  readonly id: string;
  readonly http: CheckedClient;
}

/** What the actions have made so far; what they choose from. */
interface World {
  readonly chat: ChatApp;
  readonly random: Random;
  readonly actors: Actor[];
  readonly channelIds: string[];
  /** With who made them. */
  readonly groups: {readonly id: string; readonly createdBy: string}[];
  readonly messages: RestMessage[];
  readonly recipients: RestRow[];
}

/** Does something as `actor`; what is refused changes nothing. */
type Act = (
  world: World,
  actor: Actor,
) => Promise<{readonly status: number} | void>;

/** What may happen, each with its weight; other actions are further lines. */
const ACTIONS: readonly [string, number, Act][] = [
  ['send', 20, (world, actor) => send(world, {}, actor)],
  [
    'reply',
    2,
    (world, actor) =>
      send(world, {parentMessageId: pick(world, world.messages)?.id}, actor),
  ],
  [
    'write to one',
    3,
    async ({random, actors, ...world}, {id, http}) => {
      const toUserId = actors[random.below(actors.length)].id;
      if (toUserId === id) return;
      return keep(world, await http.post('/messages', {toUserId, body: 'Hi'}));
    },
  ],
  [
    'open a channel',
    1,
    async (world, {http}) => {
      const channelId = givenUserId('task');
      world.channelIds.push(channelId);
      const draft = {channelId, channelType: 'task', body: 'Open'};
      return keep(world, await http.post('/messages', draft));
    },
  ],
  [
    'let somebody in',
    6,
    (world, actor) =>
      send(world, {toUserId: pick(world, world.actors)?.id}, actor),
  ],
  [
    'name a recipient',
    3,
    async (world, {id, http}) => {
      const message = pick(world, world.messages);
      if (!message) return;
      const other = pick(world, world.actors)?.id;
      const answer = await http.post<RestRow>('/message-recipients', {
        messageId: message.id,
        recipientId: world.random.below(2) ? id : other,
      });
      if (answer.status === 200) world.recipients.push(answer.body);
      return answer;
    },
  ],
  [
    'mark as read',
    3,
    async world => {
      const row = pick(world, world.recipients);
      const owner = world.actors.find(({id}) => id === row?.recipientId);
      if (!row || !owner) return;
      return owner.http.patch(`/message-recipients/${row.id}`, {isRead: true});
    },
  ],
  [
    'read',
    4,
    async (world, {http}) => {
      const message = pick(world, world.messages);
      if (!message) return;
      return http.put(`/channels/${message.channelId}/cursor`, {
        readSeq: message.seq,
      });
    },
  ],
  ['edit', 4, (w, a) => onMessage(w, a, 'PATCH', '', {body: 'Edited'})],
  ['delete', 2, (w, a) => onMessage(w, a, 'DELETE', '')],
  ['react', 4, (w, a) => onMessage(w, a, 'PUT', `/reactions/${emojiOf(w)}`)],
  [
    'unreact',
    2,
    (w, a) => onMessage(w, a, 'DELETE', `/reactions/${emojiOf(w)}`),
  ],
  [
    'make a group',
    1,
    async (world, {http}) => {
      const members = world.actors.slice(1).map(({id}) => id);
      const draft = {name: 'Group', type: 'basic', members};
      const answer = await http.post<World['groups'][0]>('/groups', draft);
      if (answer.status === 200) {
        world.channelIds.push(answer.body.id);
        world.groups.push(answer.body);
      }
      return answer;
    },
  ],
  [
    'rename',
    2,
    (w, a) => onGroup(w, a, 'PATCH', '', {name: `G ${w.random.below(9)}`}),
  ],
  [
    'add',
    3,
    (w, a) =>
      onGroup(w, a, 'POST', '/members', {members: [pick(w, w.actors)?.id]}),
  ],
  [
    'remove or leave',
    2,
    (w, a) => onGroup(w, a, 'DELETE', `/members/${pick(w, w.actors)?.id}`),
  ],
  [
    'change a role',
    3,
    (w, a) =>
      onGroup(w, a, 'PATCH', `/members/${pick(w, w.actors)?.id}`, {
        role: ['owner', 'admin', 'member'][w.random.below(3)],
      }),
  ],
  ['delete a group', 1, (w, a) => onGroup(w, a, 'DELETE', '')],
  [
    'leave by the ledger',
    1,
    async (world, {id: userId}) => {
      const channelId = pick(world, world.channelIds);
      if (!channelId) return;
      const {app} = world.chat;
      const ledger = await app.get(ChatInternalBindings.ChannelLedger);
      const members = await membersOf(world.chat);
      await ledger.change([channelId], async change => {
        if (!change.channel(channelId)) return;
        await members.deleteAll({channelId, userId}, change.options);
        change.nextRosterChange(channelId);
      });
    },
  ],
];

describeOverStores('Sync of random histories', store => {
  const chat = givenChatAppOfSuite({store});

  it(`brings clients of any age to the same state (TEST_SEED=${SEED})`, async () => {
    const world = await givenWorld(chat(), givenRandom(SEED));
    const {random, actors} = world;
    const away = await Promise.all(
      actors.flatMap(({id}) => [
        givenSyncClient(chat(), id, 'rest'),
        givenSyncClient(chat(), id, 'sync'),
      ]),
    );
    for (let step = 0; step < STEPS; step++) {
      const size = random.below(3) ? 1 : 1 + random.below(MOST_AT_ONCE);
      const acts = Array.from({length: size}, () => act(world));
      // Some come back for a while, also while others write.
      const client = away[random.below(away.length)];
      const back = random.below(3)
        ? undefined
        : client.catchUp(1 + random.below(5), random.below(4));
      await Promise.all([...acts, back]);
    }
    for (const [index, client] of away.entries()) {
      await client.catchUp(3);
      const fresh = await givenFresh(chat(), actors[index >> 1].id);
      expect(await client.contradictions()).to.deepEqual([]);
      expect(client.state()).to.deepEqual(fresh.state());
    }
  });
});

async function givenWorld(chat: ChatApp, random: Random): Promise<World> {
  const actors = await Promise.all(
    Array.from({length: USERS}, async () => {
      const id = givenUserId('user');
      return {id, http: await givenCheckedClient(chat, id)};
    }),
  );
  const made = {channelIds: [], groups: [], messages: [], recipients: []};
  const world: World = {chat, random, actors, ...made};
  for (const channelId of [givenUserId('task'), givenUserId('task')]) {
    world.channelIds.push(channelId);
    const [first, ...others] = actors;
    for (const {id: toUserId} of others) {
      const where = {channelId, channelType: 'task', toUserId};
      keep(world, await first.http.post('/messages', {...where, body: 'Hi'}));
    }
  }
  return world;
}

async function givenFresh(chat: ChatApp, userId: string): Promise<SyncClient> {
  const client = await givenSyncClient(chat, userId, 'rest');
  await client.catchUp(1000);
  return client;
}

/** Does one of the actions by chance; whatever is refused, nothing fails. */
async function act(world: World): Promise<void> {
  const {random, actors} = world;
  let left = random.below(ACTIONS.reduce((sum, [, weight]) => sum + weight, 0));
  const chosen = ACTIONS.find(([, weight]) => (left -= weight) < 0);
  if (!chosen) throw new Error('There is no action.');
  const answer = await chosen[2](world, actors[random.below(actors.length)]);
  expect([chosen[0], (answer?.status ?? 200) < 500]).to.deepEqual([
    chosen[0],
    true,
  ]);
}

function pick<T>({random}: Pick<World, 'random'>, from: readonly T[]) {
  return from.length ? from[random.below(from.length)] : undefined;
}

function emojiOf({random}: World): string {
  return encodeURIComponent(EMOJI[random.below(EMOJI.length)]);
}

function keep<A extends {status: number; body: RestMessage}>(
  {messages}: Pick<World, 'messages'>,
  answer: A,
): A {
  if (answer.status === 200) messages.push(answer.body);
  return answer;
}

/** Sends to a channel of a type of the host's. */
async function send(world: World, draft: object, {http}: Actor) {
  const channelId = pick(world, world.channelIds);
  const where = {channelId, channelType: 'task'};
  const body = `Text ${world.random.below(1000)}`;
  return keep(world, await http.post('/messages', {...where, body, ...draft}));
}

async function onMessage(
  world: World,
  actor: Actor,
  method: string,
  path: string,
  body?: object,
) {
  const message = pick(world, world.messages);
  if (!message) return;
  const {http} = maker(world, message) ?? actor;
  return http.send(method, `/messages/${message.id}${path}`, body);
}

async function onGroup(
  world: World,
  actor: Actor,
  method: string,
  path: string,
  body?: object,
) {
  const group = pick(world, world.groups);
  if (!group) return;
  const {http} = maker(world, group) ?? actor;
  return http.send(method, `/groups/${group.id}${path}`, body);
}

/** Mostly, who may do it: else most of what happens would be refused. */
function maker({random, actors}: World, {createdBy}: {createdBy: string}) {
  const found = actors.find(({id}) => id === createdBy);
  return random.below(4) ? found : undefined;
}
