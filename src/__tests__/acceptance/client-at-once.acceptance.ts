import {expect} from '@loopback/testlab';
import type {Target} from '../../client';
import {singleChannelId, type Group} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenChatClient, type RecordedClient} from '../fixtures/chat-client';
import {givenUser, storedMessages, type GivenUser} from '../fixtures/group';
import {describeOverStores} from '../fixtures/stores';
import {givenToken} from '../fixtures/token';
import {watchSyncs} from '../fixtures/watched-syncs';

const EACH = 40;
const NAMES = ['ann', 'bob', 'cid', 'dan', 'eve'];

describeOverStores('Clients that send at the same time', store => {
  const chat = givenChatAppOfSuite({store});

  const givenUsers = (names: readonly string[]) =>
    Promise.all(names.map(name => givenUser(chat(), name)));

  async function givenGroup([owner, ...others]: GivenUser[]): Promise<Group> {
    const members = others.map(({id}) => id);
    const draft = {name: 'Hiking', members};
    const {body} = await owner.http.post<Group>('/groups', draft);
    return body;
  }

  /** Connects the client of a user, who knows all channels then. */
  async function givenOnline({id}: GivenUser): Promise<RecordedClient> {
    const token = () => givenToken(id);
    const options = {token, history: 'all'} as const;
    const client = givenChatClient(chat().url, id, options);
    await client.chat.online();
    return client;
  }

  /** Sends all at once; resolves when all is acked. */
  async function talk(
    {chat: sender}: RecordedClient,
    to: Target,
    count = EACH,
  ): Promise<void> {
    const numbers = Array.from({length: count}, (_, index) => index + 1);
    await Promise.all(
      numbers.map(number => sender.sendText({to, text: `Text ${number}`})),
    );
  }

  /** Resolves when each client has told what is stored, once and in order. */
  async function expectComplete(
    channelId: string,
    clients: readonly RecordedClient[],
  ): Promise<void> {
    const stored = await storedMessages(chat(), {id: channelId});
    const expected = stored.map(({seq, id}) => [seq, id]);
    for (const client of clients) {
      const told = () =>
        client.messages.filter(each => each.channelId === channelId);
      await client.until(() => told().length >= expected.length);
      expect(told().map(({seq, id}) => [seq, id])).to.deepEqual(expected);
      expect(client.errors).to.be.empty();
    }
  }

  it('miss nothing and ask for nothing in a group', async () => {
    const users = await givenUsers(NAMES);
    const {id: group} = await givenGroup(users);
    const clients = await Promise.all(users.map(givenOnline));
    const syncs = await watchSyncs(chat());
    await Promise.all(clients.map(client => talk(client, {group})));
    await expectComplete(group, clients);
    expect(syncs).to.be.empty();
  });

  it('miss nothing and ask for nothing when one talks to another', async () => {
    const [ann, bob] = await givenUsers(NAMES);
    const pair = singleChannelId(ann.id, bob.id);
    await ann.http.post('/messages', {toUserId: bob.id, body: 'Hello'});
    const clients = await Promise.all([ann, bob].map(givenOnline));
    const syncs = await watchSyncs(chat());
    await Promise.all([
      talk(clients[0], {user: bob.id}),
      talk(clients[1], {user: ann.id}),
    ]);
    await expectComplete(pair, clients);
    expect(syncs).to.be.empty();
  });

  it('miss nothing while members come and go', async () => {
    const [leaver, joiner, ...users] = await givenUsers([
      ...['leaver', 'joiner'],
      ...NAMES,
    ]);
    const [owner] = users;
    const {id: group} = await givenGroup([...users, leaver]);
    const clients = await Promise.all(users.map(givenOnline));
    const [leaving, joining] = await Promise.all(
      [leaver, joiner].map(givenOnline),
    );
    const syncs = await watchSyncs(chat());
    const path = `/groups/${group}/members`;
    await Promise.all([
      ...clients.map(client => talk(client, {group})),
      (async () => {
        await talk(leaving, {group}, EACH / 4);
        await leaver.http.delete(`${path}/${leaver.id}`);
      })(),
      (async () => {
        await clients[0].until(() => clients[0].messages.length > EACH);
        await owner.http.post(path, {members: [joiner.id]});
        await talk(joining, {group});
      })(),
    ]);
    await expectComplete(group, [...clients, joining]);
    await leaving.until(() => !leaving.chat.channels.has(group));
    expect(syncs.filter(id => id !== joiner.id)).to.be.empty();
  });

  it('ask for nothing while many come and go', async () => {
    const users = await givenUsers(NAMES);
    const guests = await givenUsers(Array(8).fill('guest'));
    const [owner] = users;
    const {id: group} = await givenGroup(users);
    const clients = await Promise.all(users.map(givenOnline));
    const syncs = await watchSyncs(chat());
    const path = `/groups/${group}/members`;
    await Promise.all([
      ...clients.map(client => talk(client, {group})),
      ...guests.map(async ({id}) => {
        for (let n = 0; n < 3; n++) {
          await owner.http.post(path, {members: [id]});
          await owner.http.delete(`${path}/${id}`);
        }
      }),
    ]);
    await expectComplete(group, clients);
    expect(syncs).to.be.empty();
  });
});
