import {expect} from '@loopback/testlab';
import {setTimeout} from 'timers/promises';
import {PermissionKey} from '../../permissions';
import {SQL_RUNNER, type SqlRunner} from '../../repositories/sql-runner';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {givenConversation} from '../fixtures/conversation';
import {statementsOf, type Statement} from '../fixtures/statements';
import {describeOverStores, SQL_STORES, STORES} from '../fixtures/stores';
import {givenUserId, type TokenOptions} from '../fixtures/token';

const INDEX = 'chat_ft_messages_body';
const CHANNELS = 200;
const MESSAGES = 20_000;
const MAX_TRIES = 50;
const TRY_EVERY_MS = 100;

describeOverStores(
  'Statements of a search',
  store => {
    const chat = givenChatAppOfSuite({store});

    it('are as many for 50 messages as for 5', async () => {
      const {ann, bob, channelId} = await givenConversation(chat());
      const body = 'A word';
      const counts: number[] = [];
      for (const size of [5, 45]) {
        const drafts = Array.from({length: size}, () => ({channelId, body}));
        await Promise.all(drafts.map(draft => ann.post('/messages', draft)));
        const statements = await statementsOf(chat(), () =>
          bob.get('/messages/search?q=word+a&limit=100'),
        );
        counts.push(statements.length);
      }
      // MySQL is asked too which words its index has.
      const most = store.database === 'mysql' ? 2 : 1;
      expect(counts).to.deepEqual([most, most]);
    });
  },
  SQL_STORES,
);

describeOverStores(
  'Plans of a search',
  store => {
    const chat = givenChatAppOfSuite({store});
    const prefix = givenUserId('plan');
    let sql: SqlRunner;

    before('fill the tables', async () => {
      const runner = await chat().app.get(SQL_RUNNER);
      if (!runner) throw new Error('The store has no SQL.');
      sql = runner;
      await fill(sql, prefix);
    });

    /** @returns the plan of the search, as text */
    async function planOf(
      query: string,
      token: TokenOptions = {},
    ): Promise<string> {
      const client = await givenCheckedClient(chat(), `${prefix}-ann`, token);
      const search = async () => {
        const path = `/messages/search?${query}`;
        const {body} = await client.get<{messages: unknown[]}>(path);
        return body.messages;
      };
      let found: unknown[] = [];
      let statements: Statement[] = [];
      // For some milliseconds after so many rows MariaDB's own index finds none.
      for (let tries = 0; !found.length && tries < MAX_TRIES; tries++) {
        if (tries) await setTimeout(TRY_EVERY_MS);
        statements = await statementsOf(chat(), async () => {
          found = await search();
        });
      }
      expect(found).to.not.be.empty();
      const [{sql: text, params}] = statements.slice(-1);
      const explain =
        sql.dialect === 'mysql' ? 'EXPLAIN' : 'EXPLAIN (COSTS OFF)';
      const rows = await sql.query(`${explain} ${text}`, params);
      return rows.map(row => Object.values(row).join(' ')).join('\n');
    }

    it('read no table from end to end for a word that few have', async () => {
      // By the texts or, where the user has few messages, by the channels.
      expect(await planOf('q=rare7')).to.not.match(/Seq Scan on messages/);
    });

    it('go by it for several words, and for their beginnings', async () => {
      expect(await planOf('q=common+rar+rare7')).to.containEql(INDEX);
    });

    it('go by it for whom no owner rule binds', async () => {
      const {ViewMessage, AdministerChat} = PermissionKey;
      const claims = {permissions: [ViewMessage, AdministerChat]};
      expect(await planOf('q=rare9', {claims})).to.containEql(INDEX);
    });

    it('read no table from end to end for a word that all have', async () => {
      const channel = `channelId=${prefix}-1`;
      for (const query of ['q=common', 'q=c', `q=common&${channel}`]) {
        expect(await planOf(query)).to.not.match(/Seq Scan on messages| ALL /);
      }
    });
  },
  STORES.filter(
    ({flavour, database}) =>
      flavour === 'juggler' && ['postgresql', 'mysql'].includes(database),
  ),
);

/** Stores messages with a word that all have and one that is their own; Ann sees a tenth. */
async function fill(sql: SqlRunner, prefix: string): Promise<void> {
  const isMysql = sql.dialect === 'mysql';
  const numbers = (count: number) =>
    isMysql
      ? `JSON_TABLE('${JSON.stringify([...Array(count).keys()])}', '$[*]'
           COLUMNS (n INT PATH '$')) v`
      : `generate_series(0, ${count - 1}) v(n)`;
  const id = isMysql
    ? `INSERT(INSERT(INSERT(INSERT(MD5(CONCAT('${prefix}', n)),
         9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')`
    : `md5('${prefix}' || n)::uuid`;
  const place = `CONCAT('${prefix}-', n % ${CHANNELS})`;
  const number = isMysql ? `n DIV ${CHANNELS} + 1` : `n / ${CHANNELS} + 1`;
  const at = (name: string) => sql.table(name);
  for (const statement of [
    `INSERT INTO ${at('chat_channels')} (id, type, created_on)
     SELECT ${place}, 'task', now() FROM ${numbers(CHANNELS)}`,
    `INSERT INTO ${at('chat_channel_members')}
       (id, channel_id, user_id, channel_type, created_on)
     SELECT ${id}, ${place}, CONCAT('${prefix}-', CASE WHEN n < ${CHANNELS / 10}
       THEN 'ann' ELSE 'bob' END), 'task', now() FROM ${numbers(CHANNELS)}`,
    `INSERT INTO ${at('messages')} (id, channel_id, channel_type, body, seq,
       change_seq, created_by, created_on, modified_on)
     SELECT ${id}, ${place}, 'task', CONCAT('A common text, rare', n),
       ${number}, ${number}, '${prefix}-ann', now(), now()
     FROM ${numbers(MESSAGES)}`,
    isMysql ? `ANALYZE TABLE ${at('messages')}` : 'ANALYZE',
  ]) {
    await sql.query(statement, []);
  }
}
