import {expect} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import {SQL_RUNNER, type SqlRunner} from '../../repositories/sql-runner';
import {givenChatAppOfSuite, type ChatApp} from '../fixtures/chat-app';
import {
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import {statementsOf, type Statement} from '../fixtures/statements';
import {STORES} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

/** The tables that grow without end. */
const LARGE = [
  ...['messages', 'message_recipients', 'chat_message_reactions'],
  ...['chat_channels', 'chat_channel_members'],
];
const CHANNELS = 1000;
const EMPTY_CHANNELS = 10_000;
const MESSAGES = 30_000;
const stores = STORES.filter(({database}) => database === 'postgresql');

/** A node of a plan, as `EXPLAIN (ANALYZE, FORMAT JSON)` gives it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: PlanNode[];
}

/** A user of two channels among very many, the first of which has most messages. */
interface Bulk {
  readonly userId: string;
  readonly channelIds: string[];
}

type Ask = (http: CheckedClient, bulk: Bulk, chat: ChatApp) => Promise<unknown>;

/** Requests, each with the most rows that a node of its plan may bring. */
const REQUESTS: [string, number, Ask][] = [
  ['the list', 100, http => http.get('/channels')],
  [
    'one channel',
    100,
    (http, {channelIds: [id]}) => http.get(`/channels/${id}`),
  ],
  [
    'the history',
    60,
    (http, {channelIds: [id]}) =>
      http.get(`/channels/${id}/messages?before=2500&limit=50`),
  ],
  [
    'the changes',
    100,
    (http, {channelIds: [id]}) =>
      http.get(`/channels/${id}/changes?since=2500&limit=50`),
  ],
  [
    'the cursors',
    100,
    (http, {channelIds: [id]}) => http.get(`/channels/${id}/cursor`),
  ],
  [
    'a sync',
    60,
    async (_, {userId, channelIds}, {app}) =>
      (await app.get(ChatServiceBindings.SyncService)).sync(
        {id: userId, permissions: []},
        {
          channels: channelIds.map(channelId => ({channelId, changeSeq: 10})),
          // Of many more ids PostgreSQL reads so small a table from end to end.
          limit: 50,
        },
      ),
  ],
  [
    'a receipt',
    100,
    (http, {channelIds: [id]}) =>
      http.put(`/channels/${id}/cursor`, {receivedSeq: 3000}),
  ],
  [
    'a receipt of what was read',
    100,
    (http, {channelIds: [id]}) =>
      http.put(`/channels/${id}/cursor`, {readSeq: 3000}),
  ],
];

if (!stores.length) {
  describe('Plans of channels', () => {
    it('needs PostgreSQL, which CHAT_TEST_DATABASES does not name');
  });
}

for (const store of stores) {
  describe(`Plans of channels [${store.flavour}, ${store.database}]`, () => {
    const chat = givenChatAppOfSuite({store});
    let sql: SqlRunner;
    let http: CheckedClient;
    let bulk: Bulk;

    before('fill the tables', async () => {
      const runner = await chat().app.get(SQL_RUNNER);
      if (!runner) throw new Error('The store has no SQL.');
      sql = runner;
      bulk = await fill(sql);
      http = await givenCheckedClient(chat(), bulk.userId);
    });

    for (const [title, most, ask] of REQUESTS) {
      it(`go by an index, and read no more than they need, for ${title}`, async () => {
        const statements = await statementsOf(chat(), () =>
          ask(http, bulk, chat()),
        );
        const plans = statements.filter(each =>
          /messages|chat_/.test(each.sql),
        );
        expect(plans).to.not.be.empty();
        for (const statement of plans) {
          const nodes = await planOf(sql, statement);
          const text = statement.sql.slice(0, 300);
          expect([text, scanned(nodes)]).to.deepEqual([text, []]);
          for (const node of nodes) {
            const rows = node['Actual Rows'] * node['Actual Loops'];
            expect([text, node['Node Type'], rows <= most]).to.deepEqual([
              text,
              node['Node Type'],
              true,
            ]);
          }
        }
      });
    }
  });
}

async function planOf(
  sql: SqlRunner,
  {sql: text, params}: Statement,
): Promise<PlanNode[]> {
  const explain = `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`;
  const [row] = await sql.query(explain, params);
  const [{Plan: plan}] = row['QUERY PLAN'] as {Plan: PlanNode}[];
  return nodesOf(plan);
}

/** @returns which tables of many rows are read from end to end */
function scanned(nodes: readonly PlanNode[]): string[] {
  return nodes
    .filter(node => node['Node Type'] === 'Seq Scan')
    .map(node => String(node['Relation Name']))
    .filter(table => LARGE.includes(table));
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** Stores channels, most of them empty; the first has a tenth of all messages. */
async function fill(sql: SqlRunner): Promise<Bulk> {
  const prefix = givenUserId('plan');
  const at = (name: string) => sql.table(name);
  const id = (kind: string) => `md5($1 || '${kind}' || n)::uuid`;
  const user = `$1 || '-user-' || (n % ${CHANNELS * 5})`;
  const isFirst = `n % 10 = 0`;
  const channel = `$1 || '-' || CASE WHEN ${isFirst} THEN 0 ELSE n % ${CHANNELS} END`;
  const seq = `CASE WHEN ${isFirst} THEN n / 10 ELSE ${MESSAGES} + n END + 1`;
  const run = (statement: string) => sql.query(statement, [prefix]);
  const last = MESSAGES - 1;
  await run(`INSERT INTO ${at('chat_channels')}
    (id, type, message_seq, change_seq, created_on, active_on)
    SELECT $1 || '-' || n, 'task', ${MESSAGES / 10}, ${MESSAGES / 10}, now(), now()
    FROM generate_series(0, ${CHANNELS + EMPTY_CHANNELS - 1}) n`);
  await run(`INSERT INTO ${at('chat_channel_members')}
    (id, channel_id, user_id, channel_type, created_on, read_seq)
    SELECT ${id('m')}, $1 || '-' || (n % ${CHANNELS}), ${user}, 'task', now(),
      ${MESSAGES / 10 - 10}
    FROM generate_series(0, ${CHANNELS * 10 - 1}) n
    ON CONFLICT DO NOTHING`);
  await run(`INSERT INTO ${at('messages')} (id, channel_id, channel_type, body,
      seq, change_seq, created_by, created_on, modified_on)
    SELECT ${id('t')}, ${channel}, 'task', 'Text', ${seq}, ${seq}, $1, now(), now()
    FROM generate_series(0, ${last}) n`);
  await run(`INSERT INTO ${at('message_recipients')} (id, channel_id, recipient_id,
      message_id, created_by, created_on, modified_on)
    SELECT ${id('r')}, ${channel}, ${user}, ${id('t')}, $1, now(), now()
    FROM generate_series(0, ${last}) n`);
  await run(`INSERT INTO ${at('chat_message_reactions')} (id, message_id,
      channel_id, user_id, emoji, created_on)
    SELECT ${id('e')}, ${id('t')}, ${channel}, ${user}, 'x', now()
    FROM generate_series(0, ${last}) n`);
  await sql.query('ANALYZE', []);
  return {userId: `${prefix}-user-0`, channelIds: [`${prefix}-0`]};
}
