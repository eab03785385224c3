import {expect, skipIf} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {ContactRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  befriend,
  block,
  contactsOf,
  givenPeople,
  givenPerson,
  inbox,
  request,
  storedOf,
  type People,
  type Person,
  type RestContact,
  type RestContactPage,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {statementsOf} from '../fixtures/statements';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Contact', store => {
  const isMemory = store.database === 'memory';
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  /** Stores contacts past the API. */
  async function givenContacts({id: ownerId}: Person, count: number) {
    const contacts = await chat().app.get<ContactRepository>(
      'repositories.ContactRepository',
    );
    const now = new Date();
    await contacts.createAll(
      Array.from({length: count}, (_, index) => ({
        id: randomUUID(),
        ownerId,
        contactId: `friend-${1000 + index}`,
        isFriend: index % 3 > 0,
        blocked: index % 3 === 0,
        createdOn: now,
        modifiedOn: now,
      })),
    );
  }

  const at = ({id}: Person) => `/contacts/${id}`;

  context('when contacts are listed', () => {
    it('gives friends and those who are blocked, and nobody else', async () => {
      const {ann, bob, eve} = people;
      const dan = await givenPerson(chat(), 'dan');
      await befriend(ann, bob);
      await block(ann, eve);
      await request(ann, dan);
      const contacts = await contactsOf(ann);
      expect(contacts.map(({userId}) => userId)).to.deepEqual(
        [bob.id, eve.id].sort(),
      );
      for (const contact of contacts) {
        const {body} = await ann.http.get(`/contacts/${contact.userId}`);
        expect(body).to.deepEqual(contact);
      }
      expect(await contactsOf(eve)).to.deepEqual([]);
      expect(await contactsOf(dan)).to.deepEqual([]);
    });

    it('gives them in pages, each once', async () => {
      const {ann} = people;
      await givenContacts(ann, 7);
      const seen: string[] = [];
      let query = '?limit=3';
      for (let page = 0; page < 3; page++) {
        const {body} = await ann.http.get<RestContactPage>(`/contacts${query}`);
        seen.push(...body.contacts.map(({userId}) => userId));
        query = `?limit=3&pageToken=${body.nextPageToken}`;
        expect(body.nextPageToken === undefined).to.equal(page === 2);
      }
      const all = Array.from({length: 7}, (_, i) => `friend-${1000 + i}`);
      expect(seen).to.deepEqual(all);
    });

    skipIf(
      isMemory,
      it,
      'asks the database once, however many there are',
      async () => {
        for (const size of [5, 50]) {
          const owner = await givenPerson(chat(), 'owner');
          await givenContacts(owner, size);
          const statements = await statementsOf(chat(), async () => {
            expect(await contactsOf(owner)).to.have.length(size);
          });
          expect(statements).to.have.length(1);
        }
      },
    );

    it('answers 4xx to a page that is none', async () => {
      const {ann} = people;
      const token = (value: unknown) =>
        Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const query of [
        ...['limit=0', 'limit=-1', 'limit=1001', 'limit=1.5', 'limit=x'],
        ...['pageToken=', 'pageToken=x', 'pageToken=bnVsbA'],
        ...[[], {}, [1], ['a', 'b'], ['a\u0000'], [['a']]].map(
          value => `pageToken=${token(value)}`,
        ),
        `pageToken=${'x'.repeat(5000)}`,
        'pageToken[]=a',
        'limit[gt]=1',
      ]) {
        const {status} = await ann.http.get(`/contacts?${query}`);
        expect([400, 422]).to.containEql(status);
      }
    });
  });

  context('when a contact is changed', () => {
    it('keeps name and star, for the owner only', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      const change = {remark: 'Bobby 🌍', starred: true};
      const {status, body} = await ann.http.patch<RestContact>(at(bob), change);
      expect(status).to.equal(200);
      expect(body).to.containEql({...change, isFriend: true, blocked: false});
      expect((await ann.http.get(at(bob))).body).to.deepEqual(body);
      const [others] = await contactsOf(bob);
      expect(others).to.containEql({starred: false});
      expect(others).to.not.have.property('remark');
    });

    it('takes the name away by null or nothing, and by nothing else', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      for (const remark of [null, '']) {
        await ann.http.patch(at(bob), {remark: 'Bobby'});
        const kept = await ann.http.patch(at(bob), {starred: true});
        expect(kept.body).to.containEql({remark: 'Bobby'});
        const {body} = await ann.http.patch(at(bob), {remark});
        expect(body).to.not.have.property('remark');
        expect(body).to.containEql({starred: true});
      }
    });

    it('changes nothing the second time', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      const {body} = await ann.http.patch(at(bob), {remark: 'Bobby'});
      const again = await ann.http.patch(at(bob), {remark: 'Bobby'});
      expect(again.body).to.deepEqual(body);
    });

    it('answers 404 for who is none, unless it says of blocking', async () => {
      const {ann, bob} = people;
      for (const id of [bob.id, ann.id, 'x'.repeat(65), '%00', '%20']) {
        const path = `/contacts/${id}`;
        expectError(await ann.http.patch(path, {starred: true}), 404);
        expectError(await ann.http.get(path), 404);
        expectError(await ann.http.delete(path), 404);
      }
      expectError(await ann.http.patch(at(ann), {blocked: true}), 404);
      expect((await storedOf(chat(), ann, bob)).contacts).to.be.empty();
    });

    it('answers 422 and says where', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      const wrong: [string, object][] = [
        ['remark', {remark: 'x'.repeat(201)}],
        ['remark', {remark: 'x\u0000'}],
        ['remark', {remark: {}}],
        ['starred', {starred: 'yes'}],
        ['blocked', {blocked: null}],
        ['isFriend', {isFriend: true}],
        ['ownerId', {ownerId: bob.id}],
        ['', {}],
      ];
      for (const [path, change] of wrong) {
        expectError(await ann.http.patch(at(bob), change), 422, path);
      }
    });

    it('keeps texts as they are, whatever they look like', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      for (const remark of [
        "'; DELETE FROM chat_contacts; --",
        '$1 ? :id "` \\',
        '{"$gt":""}',
        '🌍'.repeat(200),
      ]) {
        const {body} = await ann.http.patch<RestContact>(at(bob), {remark});
        expect(body.remark).to.equal(remark);
      }
      expect(await contactsOf(bob)).to.have.length(1);
    });
  });

  context('when a friendship is ended', () => {
    it('is ended on both sides, and tells the other', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      await bob.http.patch(at(ann), {remark: 'Annie', starred: true});
      expect((await ann.http.delete(at(bob))).status).to.equal(204);
      expect(await contactsOf(ann)).to.deepEqual([]);
      expect(await contactsOf(bob)).to.deepEqual([]);
      const [told] = await inbox(bob, '?status=initial');
      expect(told).to.containEql({type: 'del_friend', senderId: ann.id});
      const {contacts} = await storedOf(chat(), ann, bob);
      expect(contacts).to.be.empty();
    });

    it('answers 404 the second time, and tells nobody', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      await ann.http.delete(at(bob));
      expectError(await ann.http.delete(at(bob)), 404);
      expectError(await bob.http.delete(at(ann)), 404);
      expect(await inbox(bob, '?status=initial')).to.have.length(1);
      expect(await inbox(ann)).to.be.empty();
    });

    it('keeps blocks on either side', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      await ann.http.patch(at(bob), {blocked: true, remark: 'B'});
      await bob.http.patch(at(ann), {blocked: true});
      await ann.http.delete(at(bob));
      const left = {isFriend: false, blocked: true};
      expect((await ann.http.get(at(bob))).body).to.containEql(left);
      expect((await bob.http.get(at(ann))).body).to.containEql(left);
      expect((await ann.http.delete(at(bob))).status).to.equal(204);
      expect(await inbox(bob, '?status=initial')).to.have.length(1);
    });

    it('lets them become friends again', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      await ann.http.delete(at(bob));
      await befriend(bob, ann);
      expect(await contactsOf(ann)).to.have.length(1);
    });
  });
});
