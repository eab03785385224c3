import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {DEFAULTS} from '../../default-config';
import {ChatServiceBindings} from '../../keys';
import {ORDINARY_PERMISSIONS} from '../../permissions';
import type {ChatEventMap, NotificationDraft} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {
  advance,
  contactsOf,
  givenPeople,
  inbox,
  notify,
  STATUSES,
  type People,
  type Person,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';

const [, , READ, FULFILLED, REJECTED] = STATUSES;

describeOverStores('Notification', store => {
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  const service = () => chat().app.get(ChatServiceBindings.NotificationService);

  context('when a user tells another', () => {
    it('reaches the other with all that was said', async () => {
      const {ann, bob} = people;
      const said = {remark: 'Look 🌍', ext: '{"a": "\\u0001"}'};
      const {status, body} = await notify(ann, bob, said);
      expect(status).to.equal(200);
      expect(body).to.containEql({
        ...said,
        ...{type: 'custom', senderId: ann.id, receiverId: bob.id},
        status: 'initial',
      });
      expect(body.createdOn).to.equal(body.modifiedOn);
      expect(await inbox(bob)).to.deepEqual([body]);
      expect(await inbox(ann)).to.deepEqual([]);
    });

    it('is stored once for one id, however often it comes', async () => {
      const {ann, bob} = people;
      const id = randomUUID();
      const answers = await Promise.all(
        Array.from({length: 20}, () => notify(ann, bob, {id})),
      );
      for (const {status, body} of answers) {
        expect(status).to.equal(200);
        expect(body).to.deepEqual(answers[0].body);
      }
      expect(await inbox(bob)).to.have.length(1);
    });

    it("answers 409 to an id that is another's, and tells nothing", async () => {
      const {ann, bob, eve} = people;
      const id = randomUUID();
      await notify(ann, bob, {id, remark: 'Private'});
      for (const refused of [
        await notify(ann, eve, {id}),
        await notify(eve, bob, {id}),
        await notify(ann, bob, {id, type: 'add_friend'}),
      ]) {
        expectError(refused, 409);
        expect(refused.text).to.not.containEql('Private');
      }
    });

    it('asks by add_friend as a contact request does', async () => {
      const {ann, bob} = people;
      const {body} = await notify(ann, bob, {type: 'add_friend'});
      const draft = {userId: bob.id};
      const again = await ann.http.post('/contact-requests', draft);
      expect(again.body).to.deepEqual(body);
      const accepted = await advance(bob, body, FULFILLED);
      expect(accepted.body.status).to.equal(FULFILLED);
      expect(await contactsOf(ann)).to.have.length(1);
      expect((await advance(bob, body, FULFILLED)).body).to.deepEqual(
        accepted.body,
      );
      expectError(await advance(bob, body, REJECTED), 409);
    });

    it('makes nobody friends by a rejection', async () => {
      const {ann, bob} = people;
      const {body} = await notify(ann, bob, {type: 'add_friend'});
      expect((await advance(bob, body, REJECTED)).status).to.equal(200);
      expectError(await advance(bob, body, FULFILLED), 409);
      expect(await contactsOf(ann)).to.deepEqual([]);
      const next = await notify(ann, bob, {type: 'add_friend'});
      expect(next.body.id).to.not.equal(body.id);
    });

    it('lets nobody befriend without the key of contacts', async () => {
      const {ann, bob} = people;
      const permissions = ORDINARY_PERMISSIONS.filter(
        key => key !== 'CreateContact',
      );
      const limited = async ({id}: Person) => ({
        id,
        http: await givenCheckedClient(chat(), id, {claims: {permissions}}),
      });
      const asked = await notify(await limited(ann), bob, {type: 'add_friend'});
      expectError(asked, 403);
      const {body} = await notify(ann, bob, {type: 'add_friend'});
      expectError(await advance(await limited(bob), body, FULFILLED), 403);
      expect((await advance(await limited(bob), body, READ)).status).to.equal(
        200,
      );
    });

    it('answers 422 and says where', async () => {
      const {ann, bob} = people;
      const {maxExtBytes} = DEFAULTS.messages;
      const wrong: [string, object][] = [
        ['type', {type: 'del_friend'}],
        ['type', {type: 'system'}],
        ['receiverId', {receiverId: ann.id}],
        ['receiverId', {receiverId: ''}],
        ['receiverId', {receiverId: 'x'.repeat(65)}],
        ['channelId', {channelId: 'c'}],
        ['channelId', {type: 'group_invite'}],
        ['channelId', {type: 'group_invite', channelId: ' '}],
        ['remark', {remark: 'x'.repeat(501)}],
        ['remark', {remark: 'x\u0000'}],
        ['ext', {ext: '€'.repeat(Math.ceil(maxExtBytes / 3) + 1)}],
        ['ext', {ext: {a: 1}}],
        ['id', {id: 'x'}],
        ['status', {status: 'read'}],
        ['senderId', {senderId: bob.id}],
        ['openKey', {openKey: 'x'}],
      ];
      for (const [path, more] of wrong) {
        expectError(await notify(ann, bob, more), 422, path);
      }
      expect(await inbox(bob)).to.deepEqual([]);
    });

    it('keeps texts as they are, whatever they look like', async () => {
      const {ann, bob} = people;
      for (const text of [
        "'; DROP TABLE chat_notifications; --",
        '$1 ? :id "` \\ %00',
        '🌍'.repeat(500),
      ]) {
        const {body} = await notify(ann, bob, {remark: text, ext: text});
        expect(body).to.containEql({remark: text, ext: text});
      }
    });
  });

  context('when the host has something to tell', () => {
    it('reaches a user by whatever name of the host', async () => {
      const {bob} = people;
      const host = await service();
      const said = {remark: 'Maintenance', ext: '{}'};
      const told = await host.notifyCustom('system', bob.id, said);
      const [seen] = await inbox(bob);
      expect(seen).to.containEql({...said, id: told.id, senderId: 'system'});
      expect((await advance(bob, seen, READ)).status).to.equal(200);
    });

    it('is stored once for one id', async () => {
      const {bob, eve} = people;
      const host = await service();
      const id = randomUUID();
      await Promise.all(
        Array.from({length: 5}, () =>
          host.notifyCustom('system', bob.id, {id}),
        ),
      );
      expect(await inbox(bob)).to.have.length(1);
      const err = await rejection(host.notifyCustom('system', eve.id, {id}));
      expect(err).to.containEql({code: 'CHAT_CONFLICT'});
    });

    it('is checked as all else is', async () => {
      const host = await service();
      for (const [sender, receiver, said] of [
        ['', 'bob', {}],
        ['system', '', {}],
        ['system', 'bob', {remark: 'x'.repeat(501)}],
        ['system', 'bob', {id: 'x'}],
      ] as const) {
        const err = await rejection(host.notifyCustom(sender, receiver, said));
        expect(err).to.containEql({code: 'CHAT_INPUT_INVALID'});
      }
    });

    it('keeps what its callers add by mistake out of the store', async () => {
      const {ann, bob} = people;
      const host = await service();
      const draft = {
        type: 'custom',
        receiverId: bob.id,
        ...{status: 'fulfilled', senderId: 'eve', openKey: 'x'},
      } as NotificationDraft;
      const user = {id: ann.id, permissions: []};
      expect(await host.notify(user, draft)).to.containEql({
        status: 'initial',
        senderId: ann.id,
      });
    });
  });

  it('tells of each that comes and goes further, once', async () => {
    const {ann, bob} = people;
    const events = await chat().app.get(ChatServiceBindings.Events);
    const told: string[] = [];
    const note =
      (word: string) =>
      ({notification, origin}: ChatEventMap['notification.updated']) =>
        told.push([word, notification.status, origin].join(' '));
    const ends = [
      events.on('notification.created', note('created')),
      events.on('notification.updated', note('updated')),
    ];
    const host = await service();
    const from = {id: ann.id, permissions: []};
    const draft = {
      id: randomUUID(),
      type: 'custom',
      receiverId: bob.id,
    } as const;
    await host.notify(from, draft, {origin: 'a'});
    await host.notify(from, draft, {origin: 'a'});
    const to = {id: bob.id, permissions: []};
    for (const status of [
      'received',
      'received',
      'read',
      'received',
    ] as const) {
      await host.advance(to, draft.id, status, {origin: 'b'});
    }
    ends.forEach(end => end());
    expect(told).to.deepEqual([
      'created initial a',
      'updated received b',
      'updated read b',
    ]);
  });
});
