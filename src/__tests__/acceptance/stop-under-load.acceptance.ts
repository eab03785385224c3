import {expect} from '@loopback/testlab';
import type {MessageRepository} from '../../repositories';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import {upTo} from '../fixtures/message-log';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Stop under load', store => {
  for (const transport of ['websocket', 'polling'] as const) {
    it(`acks what was stored, over ${transport}`, async () => {
      const chat = await givenChatApp({store});
      const devices = await Promise.all(
        upTo(4).map(i =>
          chat.device(givenUserId(`ann${i}`), {}, {transports: [transport]}),
        ),
      );
      const receiver = givenUserId('bob');
      const acks = upTo(400).map(i =>
        devices[i % 4].send(givenMessage({receiver})),
      );
      await Promise.race(acks);
      const [answers] = await Promise.all([
        Promise.allSettled(acks),
        chat.app.stop(),
      ]);
      let acked = 0;
      for (const answer of answers) {
        if (answer.status === 'rejected') continue;
        expect(answer.value.statusCode).to.be.oneOf(200, 503);
        if (answer.value.statusCode === 200) acked++;
      }
      expect(acked).to.be.within(1, 400);
      expect(await countStored(chat, receiver)).to.equal(acked);
    });
  }

  /** Counts the messages to a user after the app has stopped. */
  async function countStored(chat: ChatApp, toUserId: string): Promise<number> {
    // A pool is ended with its app; memory is gone with it.
    const isMemory = store.database === 'memory';
    const {app} = isMemory ? chat : await givenChatApp({store});
    const messages = await app.get<MessageRepository>(
      'repositories.MessageRepository',
    );
    return (await messages.count({toUserId})).count;
  }
});
