import {expect} from '@loopback/testlab';
import {connectChat, type Target} from '../../client';
import {singleChannelId} from '../../services';
import {givenChatApp} from '../fixtures/chat-app';
import {
  behind,
  ChaosClient,
  givenServerProxy,
  makeChaos,
  settled,
} from '../fixtures/chaos';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenRandom} from '../fixtures/random';
import {givenToken, givenUserId} from '../fixtures/token';

/** How long the connections are cut, delayed and closed. */
const SECONDS = Number(process.env.TEST_CHAOS_SECONDS ?? 10);
const SEED = Number(process.env.TEST_CHAOS_SEED ?? 20261122);
const SETTLING_MS = 60_000;
const NAMES = ['ann', 'bob', 'cid', 'dan', 'eve'];

describe('the client on a server behind a bad network', function (this: Mocha.Suite) {
  this.timeout(SECONDS * 1000 + 2 * SETTLING_MS);

  it('loses nothing that was acked and tells nothing twice', async () => {
    const chat = await givenChatApp();
    const userIds = NAMES.map(givenUserId);
    const channelId = givenUserId('task');
    await openTask(channelId, userIds);
    const proxy = await givenServerProxy(chat.url);
    const clients = userIds.map(userId => {
      const client = connectChat({
        url: behind(proxy),
        token: () => givenToken(userId),
        transports: ['websocket'],
        history: 'all',
        retryDelayMs: 50,
        maxRetryDelayMs: 1000,
        ackTimeoutMs: 2000,
        maxUnsent: 10_000,
      });
      cleanUpAfterTest(() => client.close());
      return new ChaosClient(userId, client);
    });
    const random = givenRandom(SEED);
    const forMs = SECONDS * 1000;
    const [mishaps] = await Promise.all([
      makeChaos({proxy, random, forMs, calmMs: 1500}),
      ...clients.map((client, index) =>
        // After a break more waits than the rate limit allows.
        client.talk(targetsOf(index), givenRandom(SEED + index), {
          forMs,
          pauseMs: 100,
        }),
      ),
    ]);
    const channels = new Map([[channelId, clients]]);
    clients.forEach((client, index) => {
      const other = nextTo(index);
      const pair = singleChannelId(userIds[index], userIds[other]);
      channels.set(pair, [client, clients[other]]);
    });
    expect(await settled(clients, channels, SETTLING_MS)).to.be.empty();
    expect(mishaps).to.be.above(SECONDS / 4);
    const acked = clients.flatMap(client => client.acked);
    expect(acked.length).to.be.above(SECONDS * NAMES.length);

    function targetsOf(index: number): Target[] {
      const user = userIds[nextTo(index)];
      return [{channel: channelId, type: 'task'}, {user}];
    }

    async function openTask(id: string, [ownerId, ...others]: string[]) {
      const owner = await chat.http(ownerId);
      for (const [index, toUserId] of others.entries()) {
        const draft = {channelId: id, channelType: 'task', toUserId};
        const body = `rest ${index + 1}`;
        await owner.post('/messages', {...draft, body});
      }
    }
  });
});

function nextTo(index: number): number {
  return (index + 1) % NAMES.length;
}
