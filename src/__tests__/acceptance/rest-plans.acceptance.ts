import {expect} from '@loopback/testlab';
import {SQL_RUNNER, type SqlRunner} from '../../repositories/sql-runner';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  asking,
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import {statementsOf, type Statement} from '../fixtures/statements';
import {STORES} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

/** The tables that grow without end. */
const LARGE = ['messages', 'message_recipients', 'message_files'];
const CHANNELS = 400;
const MESSAGES = 24_000;
const stores = STORES.filter(({database}) => database === 'postgresql');

/** A node of a plan, as `EXPLAIN (FORMAT JSON)` gives it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: PlanNode[];
}

/** Names of a world of many rows; message and channel are its first. */
interface Bulk {
  readonly user: string;
  readonly channelId: string;
  readonly messageId: string;
}

const OF_CHANNEL = ({channelId}: Bulk) => ({where: {channelId}});

/** Requests, each with the table whose plan is looked at. */
const REQUESTS: [
  string,
  string,
  (http: CheckedClient, bulk: Bulk) => Promise<unknown>,
][] = [
  [
    'the newest of a channel',
    'messages',
    (http, bulk) => {
      const filter = {...OF_CHANNEL(bulk), order: ['seq DESC'], limit: 50};
      return http.get(asking('/messages', {filter}));
    },
  ],
  [
    'a message by its id',
    'messages',
    (http, {messageId}) => http.get(`/messages/${messageId}`),
  ],
  [
    'the replies of a thread',
    'messages',
    (http, {messageId}) => http.get(`/messages/${messageId}/messages`),
  ],
  [
    'the number of messages in a channel',
    'messages',
    (http, bulk) => http.get(asking('/messages/count', OF_CHANNEL(bulk))),
  ],
  [
    'the recipients of a message',
    'message_recipients',
    (http, {messageId}) =>
      http.get(`/messages/${messageId}/message-recipients`),
  ],
  [
    'what is included with a page',
    'message_files',
    (http, bulk) => {
      const include = ['messageRecipients', 'attachmentFiles'];
      const filter = {
        ...OF_CHANNEL(bulk),
        order: ['seq DESC'],
        limit: 50,
        include,
      };
      return http.get(asking('/messages', {filter}));
    },
  ],
  [
    'a change by id',
    'messages',
    (http, {messageId}) => http.patch(`/messages/${messageId}`, {body: 'x'}),
  ],
  [
    'a new message',
    'messages',
    (http, {channelId}) => http.post('/messages', {channelId, body: 'x'}),
  ],
];

if (!stores.length) {
  describe('Plans of REST', () => {
    it('needs PostgreSQL, which CHAT_TEST_DATABASES does not name');
  });
}

for (const store of stores) {
  describe(`Plans of REST [${store.flavour}, ${store.database}]`, () => {
    const chat = givenChatAppOfSuite({store});
    let sql: SqlRunner;
    let http: CheckedClient;
    let bulk: Bulk;

    before('fill the tables', async () => {
      const runner = await chat().app.get(SQL_RUNNER);
      if (!runner) throw new Error('The store has no SQL.');
      sql = runner;
      bulk = await fill(sql);
      http = await givenCheckedClient(chat(), bulk.user);
    });

    for (const [title, table, ask] of REQUESTS) {
      it(`use an index for ${title}`, async () => {
        const statements = await statementsOf(chat(), () => ask(http, bulk));
        const plans = statements.filter(each => each.sql.includes(table));
        expect(plans).to.not.be.empty();
        for (const statement of plans) {
          const scanned = await scannedTables(sql, statement);
          const text = statement.sql.slice(0, 200);
          expect([text, scanned]).to.deepEqual([text, []]);
        }
      });
    }
  });
}

/** @returns which tables of many rows the statement reads from end to end */
async function scannedTables(
  sql: SqlRunner,
  statement: Statement,
): Promise<string[]> {
  const explain = `EXPLAIN (FORMAT JSON) ${statement.sql}`;
  const [row] = await sql.query(explain, statement.params);
  const [{Plan: plan}] = row['QUERY PLAN'] as {Plan: PlanNode}[];
  return nodesOf(plan)
    .filter(node => node['Node Type'] === 'Seq Scan')
    .map(node => String(node['Relation Name']))
    .filter(table => LARGE.includes(table));
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Stores channels of two members, their messages, and a row of each kind for each. */
async function fill(sql: SqlRunner): Promise<Bulk> {
  const prefix = givenUserId('plan');
  const at = (name: string) => sql.table(name);
  const number = `(n / ${CHANNELS})::int + 1`;
  const channel = `$1 || '-' || (n % ${CHANNELS})`;
  const audit = `$1 || '-user-' || (n % ${CHANNELS}), now(), now()`;
  const id = (kind: string) => `md5($1 || '${kind}' || n)::uuid`;
  const run = (statement: string) => sql.query(statement, [prefix]);
  await run(`INSERT INTO ${at('chat_channels')}
    (id, type, message_seq, change_seq, created_on)
    SELECT $1 || '-' || n, 'task', ${MESSAGES}, ${MESSAGES}, now()
    FROM generate_series(0, ${CHANNELS - 1}) n`);
  await run(`INSERT INTO ${at('chat_channel_members')}
    (id, channel_id, user_id, channel_type, created_on)
    SELECT ${id('m')}, ${channel}, $1 || '-user-' || ((n + n / ${CHANNELS}) % ${CHANNELS}), 'task', now()
    FROM generate_series(0, ${2 * CHANNELS - 1}) n`);
  await run(`INSERT INTO ${at('messages')} (id, channel_id, channel_type, body,
      seq, change_seq, parent_message_id, created_by, created_on, modified_on)
    SELECT ${id('t')}, ${channel}, 'task', 'Text', ${number}, ${number},
      CASE WHEN n >= ${CHANNELS} THEN md5($1 || 't' || (n - ${CHANNELS}))::uuid END, ${audit}
    FROM generate_series(0, ${MESSAGES - 1}) n`);
  await run(`INSERT INTO ${at('message_recipients')} (id, channel_id, recipient_id,
      message_id, created_by, created_on, modified_on)
    SELECT ${id('r')}, ${channel}, $1 || '-user-' || (n % ${CHANNELS}), ${id('t')}, ${audit}
    FROM generate_series(0, ${MESSAGES - 1}) n`);
  await run(`INSERT INTO ${at('message_files')} (id, channel_id, message_id,
      created_by, created_on, modified_on)
    SELECT ${id('f')}, ${channel}, ${id('t')}, ${audit}
    FROM generate_series(0, ${MESSAGES - 1}) n`);
  await sql.query('ANALYZE', []);
  const [{id: messageId}] = await run(`SELECT md5($1 || 't' || 0)::uuid AS id`);
  return {
    user: `${prefix}-user-0`,
    channelId: `${prefix}-0`,
    messageId: String(messageId),
  };
}
