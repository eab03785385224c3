import {expect} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import {SQL_RUNNER} from '../../repositories/sql-runner';
import {changePages} from '../fixtures/channels';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenConversation, type Conversation} from '../fixtures/conversation';
import {upTo} from '../fixtures/message-log';
import {STORES} from '../fixtures/stores';

const MISSED = 10_000;
const stores = STORES.filter(({database}) => database === 'postgresql');

if (!stores.length) {
  describe('A client that missed 10,000 changes', () => {
    it('needs PostgreSQL, which CHAT_TEST_DATABASES does not name');
  });
}

for (const store of stores) {
  describe(`A client that missed 10,000 changes [${store.flavour}, ${store.database}]`, () => {
    const chat = givenChatAppOfSuite({store});
    let talk: Conversation;

    before('write them', async () => {
      talk = await givenConversation(chat());
      const sql = await chat().app.get(SQL_RUNNER);
      const params = [talk.channelId, talk.annId];
      await sql?.query(
        `INSERT INTO ${sql.table('messages')} (id, channel_id, channel_type, body,
           seq, change_seq, created_by, created_on, modified_on)
         SELECT gen_random_uuid(), $1, 'task', 'Text ' || n, n + 1, n + 1, $2,
           now(), now()
         FROM generate_series(1, ${MISSED}) n`,
        params,
      );
      await sql?.query(
        `UPDATE ${sql.table('chat_channels')}
         SET message_seq = ${MISSED + 1}, change_seq = ${MISSED + 1} WHERE id = $1`,
        [talk.channelId],
      );
    });

    for (const limit of [200, 1000]) {
      it(`gets them whole, in pages of ${limit}`, async () => {
        const pages = await changePages(talk.bob, talk.channelId, {
          ...{since: 1, limit},
        });
        expect(pages).to.have.length(MISSED / limit);
        const seqs = pages.flatMap(({messages}) =>
          messages.map(({seq}) => seq),
        );
        expect(seqs).to.deepEqual(upTo(MISSED + 1).slice(1));
      });
    }

    it('gets them whole by sync', async () => {
      const service = await chat().app.get(ChatServiceBindings.SyncService);
      const user = {id: talk.bobId, permissions: []};
      const seqs: number[] = [];
      for (let [changeSeq, count] = [1, 0]; ;) {
        const {
          channels: [part],
        } = await service.sync(user, {
          channels: [{channelId: talk.channelId, changeSeq}],
        });
        expect(part.messages.length).to.be.belowOrEqual(200);
        seqs.push(...part.messages.map(({seq}) => seq));
        ({changeSeq} = part);
        count++;
        if (part.more) continue;
        expect(count).to.equal(MISSED / 200);
        break;
      }
      expect(seqs).to.deepEqual(upTo(MISSED + 1).slice(1));
    });
  });
}
