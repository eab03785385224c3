import {expect} from '@loopback/testlab';
import {ORDINARY_PERMISSIONS, PermissionKey} from '../../permissions';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import type {HttpAnswer} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {CONVERSATION_OPERATIONS} from './conversation-operations';
import {
  INSIDERS,
  NEW_VALUES,
  OPERATIONS,
  type OperationRow,
} from './operations';
import type {Outcome} from './outcome';
import {Tables, World, type StoredRow, type UserName} from './world';

/** Who asks, as whom, with which keys, and what comes of it. */
interface Actor {
  readonly title: string;
  /** Absent for one without a token. */
  readonly user?: UserName;
  readonly permissions: readonly string[];
  readonly outcome: Outcome;
}

interface Cell {
  readonly actor: Actor;
  readonly request: OperationRow['request'];
  readonly world: World;
}

/** Every actor on one operation. The sender owns most: nothing but the key is missing. */
function actorsOn({keys, outcomes}: OperationRow): Actor[] {
  const lacking = Object.values(PermissionKey).filter(
    key => !keys.includes(key),
  );
  return [
    {title: 'no token', permissions: [], outcome: {status: 401}},
    {
      title: 'no permission',
      user: 'sender',
      permissions: lacking,
      outcome: {status: 403},
    },
    ...INSIDERS.map((user, index) => ({
      title: user,
      user,
      permissions: [
        ...ORDINARY_PERMISSIONS,
        ...(user === 'admin' ? [PermissionKey.AdministerChat] : []),
      ],
      outcome: outcomes[index],
    })),
  ];
}

describeOverStores('Authorization', store => {
  const chat = givenChatAppOfSuite({store});
  let tables: Tables;
  let stored: Map<string, StoredRow>;

  before('find the tables', async () => {
    tables = await Tables.of(chat());
  });

  it('has a row for every operation, and no other', async () => {
    const {paths} = await chat().app.restServer.getApiSpec();
    const operations: {operationId?: string}[] = Object.values(paths).flatMap(
      methods => Object.values(methods),
    );
    const ids = operations.map(({operationId}) => operationId);
    const rows = {...OPERATIONS, ...CONVERSATION_OPERATIONS};
    expect(Object.keys(rows).sort()).to.deepEqual(ids.sort());
  });

  for (const [operationId, row] of Object.entries(OPERATIONS)) {
    context(operationId, () => {
      const cells = actorsOn(row).map(actor => ({actor, world: new World()}));
      const worlds = cells.map(({world}) => world);

      before('store a world for each actor', async () => {
        await tables.fill(worlds);
        stored = await tables.rowsOf(worlds.flatMap(each => each.channelIds));
      });
      after('clear them away', () => tables.clear(worlds));

      for (const {actor, world} of cells) {
        it(`answers ${actor.outcome.status} to ${actor.title}`, () =>
          expectOutcome({actor, request: row.request, world}));
      }
    });
  }

  async function expectOutcome(cell: Cell): Promise<void> {
    const {actor, request, world} = cell;
    const logged = chat().logger.lines.length;
    const answer = await (await clientOf(cell)).send(...request(world));
    expectAnswer(world, actor.outcome, answer);
    await expectRows(cell);
    expectLog(cell, logged);
  }

  function clientOf({actor, world}: Cell): Promise<CheckedClient> {
    const {user, permissions} = actor;
    const claims = {permissions: [...permissions]};
    return givenCheckedClient(chat(), user && world.user(user), {claims});
  }

  function expectAnswer(
    world: World,
    {status, seen, count}: Outcome,
    answer: HttpAnswer,
  ): void {
    expect(answer.status).to.equal(status);
    if (count !== undefined) expect(answer.body).to.deepEqual({count});
    if (!seen) return;
    const rows = [answer.body].flat() as StoredRow[];
    const ids = seen.map(name => world.id(name));
    expect(rows.map(({id}) => id).sort()).to.deepEqual(ids.sort());
  }

  /** Holds every row of the world to what it was, but for what the outcome names. */
  async function expectRows({actor, world}: Cell): Promise<void> {
    const {outcome} = actor;
    const {changed = [], removed = [], added = 0, carrying} = outcome;
    const carrier = carrying && world.id(carrying);
    const touched = [...changed, ...removed].map(name => world.id(name));
    const rows = await tables.rowsOf(world.channelIds);
    const by = actor.user && world.user(actor.user);
    const unknown = [...rows.values()].filter(
      ({id}) => !stored.has(String(id)),
    );
    expect(unknown.map(({createdBy}) => createdBy)).to.deepEqual(
      Array(added).fill(by),
    );
    for (const [id, before] of rowsBefore(world)) {
      const isCarrier = id === carrier;
      if (isCarrier) expectCarrier(before, rows.get(id), added);
      else if (!touched.includes(id)) {
        expect(rows.get(id)).to.deepEqual(before);
      }
    }
    for (const id of touched) {
      const isRemoved = removed.some(name => world.id(name) === id);
      const {before, after} = {before: stored.get(id), after: rows.get(id)};
      expect(after).to.containEql({
        modifiedBy: by,
        createdBy: before?.createdBy,
      });
      expect(after?.deleted).to.equal(isRemoved);
      if (isRemoved) expect(after).to.containEql({deletedBy: by});
      else expectChange(before, after);
    }
  }

  function rowsBefore({channelIds}: World): [string, StoredRow][] {
    return [...stored].filter(([, row]) =>
      channelIds.includes(String(row.channelId)),
    );
  }

  /** AdministerChat lifts the owner rules, and each use of it is written down. */
  function expectLog({actor, world}: Cell, from: number): void {
    const lines = chat().logger.lines.slice(from);
    const isUsed = actor.user === 'admin' && actor.outcome.status < 300;
    if (isUsed) expect(lines).to.not.be.empty();
    const userId = world.user('admin');
    for (const line of lines) {
      expect(line).to.containDeep({
        level: 'warn',
        message: 'AdministerChat was used',
      });
      expect(line.context).to.containEql({userId});
      expect(JSON.stringify(line)).to.not.match(/private/);
    }
    if (actor.user !== 'admin') expect(lines).to.be.empty();
  }
});

/** A message that is as before, but for the files that came to it. */
function expectCarrier(
  before: StoredRow | undefined,
  after: StoredRow | undefined,
  added: number,
): void {
  const {attachmentIds, changeSeq} = Object(after);
  expect(attachmentIds).to.have.length(added);
  expect(Number(changeSeq)).to.be.above(Number(before?.changeSeq));
  const marks = ['changeSeq', 'modifiedBy', 'modifiedOn'];
  const known = [...marks, 'attachmentIds'];
  expect(without(known, after)).to.deepEqual(without(known, before));
}

function without(names: string[], row?: StoredRow): object {
  const entries = Object.entries(Object(row));
  return Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
}

function expectChange(
  before: StoredRow | undefined,
  after: StoredRow | undefined,
): void {
  const values = Object.values(NEW_VALUES).find(
    named => Object.keys(named)[0] in Object(before),
  );
  expect(after).to.containDeep(values);
  const ignored = [
    ...Object.keys(Object(values)),
    'modifiedBy',
    'modifiedOn',
    'editedOn',
    'changeSeq',
  ];
  expect(without(ignored, after)).to.deepEqual(without(ignored, before));
}
