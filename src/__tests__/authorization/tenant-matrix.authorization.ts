import {expect} from '@loopback/testlab';
import {PermissionKey} from '../../permissions';
import type {ClientEventName} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import type {HttpAnswer} from '../fixtures/http-client';
import {describeOverStores} from '../fixtures/stores';
import {CONVERSATION_OPERATIONS} from './conversation-operations';
import {ConversationTables, ConversationWorld} from './conversation-world';
import {OPERATIONS} from './operations';
import {SOCKET_EVENTS} from './socket-events';
import {SocketWitness} from './socket-witness';
import {SocketWorld} from './socket-world';
import {Tables, World} from './world';

const HOME = 'home';
/** Every key that there is: none of them reaches into another tenant. */
const ALL = {permissions: Object.values(PermissionKey)};
/** What changes nothing by itself, whoever asks. */
const IS_READING = new Set(['GET', 'HEAD']);
/** What a user of any tenant may do alone: it is answered what it said itself. */
const OWN_WORK = new Set([
  'GroupController.create',
  'AttachmentFileController.create',
  'AttachmentFileController.createBulk',
]);

/**
 * Of everybody whom the tables of the matrix know, the one who may do most asks once
 * more: by the same id, but of another tenant.
 */
describeOverStores('Authorization across tenants', store => {
  const chat = givenChatAppOfSuite({
    store,
    config: {auth: {claims: {tenant: 'tenant'}}},
  });

  const outside = (userId: string) => ({
    id: userId.slice(HOME.length + 1),
    claims: {...ALL, tenant: 'other'},
  });
  const inside = (userId: string) => ({
    id: userId.slice(HOME.length + 1),
    claims: {...ALL, tenant: HOME},
  });

  async function ask(
    userId: string,
    [method, path, body]: readonly [string, string, unknown?],
  ): Promise<HttpAnswer> {
    const {id, claims} = outside(userId);
    const client = await givenCheckedClient(chat(), id, {claims});
    return client.send(method, path, body);
  }

  function expectNothing(
    operationId: string,
    method: string,
    {status, body}: HttpAnswer,
    secrets: readonly string[],
  ): void {
    if (OWN_WORK.has(operationId)) return;
    const shown = JSON.stringify(body ?? '');
    for (const secret of secrets) expect(shown).to.not.containEql(secret);
    if (status >= 400 || IS_READING.has(method)) return;
    expect(body).to.eql({count: 0});
  }

  context('messages, recipients and files', () => {
    const worlds = Object.entries(OPERATIONS).map(
      ([operationId, row]) =>
        [operationId, row, new World(`${HOME}:`)] as const,
    );
    let tables: Tables;

    before('store a world for each operation', async () => {
      tables = await Tables.of(chat());
      await tables.fill(worlds.map(([, , world]) => world));
    });
    after('clear them away', () =>
      tables.clear(worlds.map(([, , world]) => world)),
    );

    for (const [operationId, {request}, world] of worlds) {
      it(`${operationId} gives nothing of another tenant`, async () => {
        const before = await tables.rowsOf(world.channelIds);
        const asked = request(world);
        const answer = await ask(world.user('sender'), asked);
        expectNothing(operationId, asked[0], answer, ['private']);
        expect(await tables.rowsOf(world.channelIds)).to.eql(before);
      });
    }
  });

  context('conversations', () => {
    const worlds = Object.entries(CONVERSATION_OPERATIONS).map(
      ([operationId, row]) =>
        [operationId, row, new ConversationWorld(`${HOME}:`)] as const,
    );
    let tables: ConversationTables;

    before('store a world for each operation', async () => {
      tables = await ConversationTables.of(chat());
      await tables.fill(worlds.map(([, , world]) => world));
    });
    after('clear them away', () =>
      tables.clear(worlds.map(([, , world]) => world)),
    );

    for (const [operationId, {request}, world] of worlds) {
      it(`${operationId} gives nothing of another tenant`, async () => {
        const before = await tables.stateOf(world);
        const asked = request(world);
        const answer = await ask(world.person('owner'), asked);
        const secrets = [world.text, world.name];
        expectNothing(operationId, asked[0], answer, secrets);
        expect(await tables.stateOf(world)).to.eql(before);
      });
    }
  });

  context('sockets', () => {
    const cells = Object.entries(SOCKET_EVENTS).flatMap(([event, rows]) =>
      rows.map(row => ({event, row, world: new SocketWorld(`${HOME}:`)})),
    );
    let tables: ConversationTables;

    before('store a world for each event', async () => {
      tables = await ConversationTables.of(chat());
      await tables.fill(cells.map(({world}) => world));
    });
    after('clear them away', () => tables.clear(cells.map(({world}) => world)));

    for (const {event, row, world} of cells) {
      it(`${event}: ${row.title} tells nothing to another tenant`, async () => {
        const person = 'owner';
        const place = world.placeOf(person);
        const before = await tables.stateOf(world);
        const witnessed = inside(world.person(row.witness(place, person)));
        const witness = await SocketWitness.of(chat(), witnessed.id, {
          ...{claims: witnessed.claims, userId: `${HOME}:${witnessed.id}`},
        });
        const {id, claims} = outside(world.person(person));
        const device = await chat().device(id, {claims});
        const payload = await row.payload(world, place, person, chat());
        const ack = await device.emit(event as ClientEventName, payload);
        const shown = Buffer.from(ack.data ?? []).toString();
        expect(JSON.stringify(ack) + shown).to.not.containEql(world.text);
        expect(shown).to.not.containEql(world.groupId);
        expect(await tables.stateOf(world)).to.eql(before);
        expect(await witness.allTold(0)).to.be.empty();
      });
    }
  });
});
