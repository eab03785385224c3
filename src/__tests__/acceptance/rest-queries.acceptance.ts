import {expect} from '@loopback/testlab';
import type {
  ChannelRepository,
  MessageRecipientRepository,
  MessageRepository,
} from '../../repositories';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, type CheckedClient} from '../fixtures/checked-client';
import {givenConversation, type Conversation} from '../fixtures/conversation';
import {statementsOf} from '../fixtures/statements';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';

const INCLUDE = [
  {relation: 'messageRecipients', scope: {include: ['message']}},
  {relation: 'messages', scope: {include: ['messageRecipients']}},
  'attachmentFiles',
  'parentMessage',
];

type Ask = (
  client: CheckedClient,
  talk: Conversation,
  size: number,
) => Promise<{status: number}>;

const here = ({channelId}: Conversation) => ({where: {channelId}});

/**
 * Requests whose statements are counted, each with the most there may be; a
 * change of messages is a transaction of several.
 */
const REQUESTS: [string, number, Ask][] = [
  [
    'a list with four inclusions',
    7,
    (http, talk) => {
      const filter = {...here(talk), limit: 1000, include: INCLUDE};
      return http.get(asking('/messages', {filter}));
    },
  ],
  [
    'a count',
    1,
    (http, talk) => http.get(asking('/messages/count', here(talk))),
  ],
  [
    'the replies of a thread',
    2,
    (http, {first}) => http.get(`/messages/${first.id}/messages`),
  ],
  [
    'the recipients of a message',
    2,
    (http, {first}) => http.get(`/messages/${first.id}/message-recipients`),
  ],
  [
    'a bulk change',
    12,
    (http, talk) => http.patch(asking('/messages', here(talk)), {body: 'x'}),
  ],
  [
    'a bulk mark',
    12,
    (http, talk) => http.patch(asking('/messages', here(talk)), {status: 9}),
  ],
  [
    'a bulk deletion',
    14,
    (http, {first}) => http.delete(`/messages/${first.id}/messages`),
  ],
  [
    'a bulk creation in one channel',
    2,
    (http, {channelId}, size) =>
      http.post('/attach-files/bulk', {
        attachmentFiles: Array(size).fill({channelId, fileKey: 'k'}),
      }),
  ],
  [
    // A change of the message, as an edit is.
    'a bulk creation on one message',
    12,
    (http, {first}, size) =>
      http.post('/attach-files/bulk', {
        attachmentFiles: Array(size).fill({messageId: first.id}),
      }),
  ],
];

describeOverStores(
  'Queries of REST',
  store => {
    const chat = givenChatAppOfSuite({store});

    /** Fills a thread with replies, each with a recipient row. */
    async function givenThread(size: number): Promise<Conversation> {
      const talk = await givenConversation(chat());
      const {app} = chat();
      const messages = await app.get<MessageRepository>(
        'repositories.MessageRepository',
      );
      const recipients = await app.get<MessageRecipientRepository>(
        'repositories.MessageRecipientRepository',
      );
      const now = new Date();
      const row = () => ({
        id: randomUUID(),
        channelId: talk.channelId,
        createdBy: talk.annId,
        createdOn: now,
        modifiedOn: now,
      });
      const replies = Array.from({length: size}, (_, index) => ({
        ...row(),
        channelType: 'task',
        body: 'Reply',
        seq: index + 2,
        changeSeq: index + 2,
        kind: 'text' as const,
        parentMessageId: talk.first.id,
      }));
      await messages.createAll(replies);
      const channels = await app.get<ChannelRepository>(
        'repositories.ChannelRepository',
      );
      const numbers = {messageSeq: size + 1, changeSeq: size + 1};
      await channels.updateById(talk.channelId, numbers);
      await recipients.createAll(
        [talk.first, ...replies].map(({id}) => ({
          ...row(),
          messageId: id,
          recipientId: talk.bobId,
        })),
      );
      return talk;
    }

    for (const [title, most, ask] of REQUESTS) {
      it(`are as many for 50 rows as for 5: ${title}`, async () => {
        const counts: number[] = [];
        for (const size of [5, 50]) {
          const talk = await givenThread(size);
          const statements = await statementsOf(chat(), async () => {
            const {status} = await ask(talk.ann, talk, size);
            expect(status).to.equal(200);
          });
          counts.push(statements.length);
        }
        expect(counts[1]).to.equal(counts[0]);
        expect(counts[0]).to.be.within(1, most);
      });
    }
  },
  SQL_STORES,
);
