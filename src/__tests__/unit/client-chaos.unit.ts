import {expect} from '@loopback/testlab';
import {
  behind,
  ChaosClient,
  givenServerProxy,
  makeChaos,
  settled,
} from '../fixtures/chaos';
import {givenChatClient} from '../fixtures/chat-client';
import {givenFakeChatServer} from '../fixtures/fake-chat-server';
import {givenRandom} from '../fixtures/random';

const FOR_MS = 3000;

describe('the client in chaos', () => {
  for (const seed of [20261122, 5]) {
    it(`loses nothing and tells nothing twice, seed ${seed}`, async () => {
      const server = await givenFakeChatServer();
      server.syncLimit = 7;
      const names = ['ann', 'bob', 'cid'];
      server.channel('g', ...names);
      const proxy = await givenServerProxy(server.url);
      const clients = names.map(name => {
        const options = {history: 'all', ackTimeoutMs: 400} as const;
        const {chat} = givenChatClient(behind(proxy), name, options);
        return new ChaosClient(name, chat);
      });
      const random = givenRandom(seed);
      const [mishaps] = await Promise.all([
        makeChaos({proxy, random, forMs: FOR_MS, calmMs: 300}),
        ...clients.map((client, index) =>
          client.talk(
            [{group: 'g'}, {user: names[(index + 1) % names.length]}],
            givenRandom(seed + index),
            {forMs: FOR_MS, pauseMs: 10},
          ),
        ),
      ]);
      const [ann, bob, cid] = clients;
      const channels = new Map([
        ['g', clients],
        ['ann+bob', [ann, bob]],
        ['bob+cid', [bob, cid]],
        ['ann+cid', [ann, cid]],
      ]);
      expect(await settled(clients, channels, 10_000)).to.be.empty();
      // Else the chaos would have shown nothing.
      expect(mishaps).to.be.above(5);
      expect(ann.acked.length).to.be.above(100);
    });
  }
});
