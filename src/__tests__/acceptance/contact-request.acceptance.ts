import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {
  answer,
  befriend,
  contactsOf,
  givenPeople,
  inbox,
  request,
  storedOf,
  type People,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Contact request', store => {
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  context('when a user asks another', () => {
    it('reaches the other, and waits', async () => {
      const {ann, bob} = people;
      const {status, body} = await request(ann, bob, {remark: 'Hi 🌍'});
      expect(status).to.equal(200);
      expect(body).to.containEql({
        type: 'add_friend',
        senderId: ann.id,
        receiverId: bob.id,
        status: 'initial',
        remark: 'Hi 🌍',
      });
      expect(await inbox(bob)).to.deepEqual([body]);
      expect(await inbox(ann)).to.deepEqual([]);
      expect(await inbox(ann, '?sent=true')).to.deepEqual([body]);
      expect(await contactsOf(ann)).to.deepEqual([]);
      expect(await contactsOf(bob)).to.deepEqual([]);
    });

    it('is the same request while it waits, whatever the id', async () => {
      const {ann, bob} = people;
      const first = await request(ann, bob, {remark: 'One'});
      for (const more of [{}, {remark: 'Two'}, {id: randomUUID()}]) {
        expect((await request(ann, bob, more)).body).to.deepEqual(first.body);
      }
      expect(await inbox(bob)).to.have.length(1);
    });

    it('leaves no trace in the contacts of either', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      await answer(bob, body, 'reject');
      const stored = await storedOf(chat(), ann, bob);
      expect(stored.contacts).to.deepEqual([]);
    });

    it('keeps users apart whose ids differ in case only', async () => {
      const {ann, bob} = people;
      const http = await givenCheckedClient(chat(), bob.id.toUpperCase());
      const other = {id: bob.id.toUpperCase(), http};
      const [one, two] = [await request(ann, bob), await request(ann, other)];
      expect(one.body.id).to.not.equal(two.body.id);
      await answer(other, two.body, 'accept');
      expect(await contactsOf(bob)).to.deepEqual([]);
      expect(await contactsOf(other)).to.have.length(1);
    });
  });

  context('when the other accepts', () => {
    it('makes each the contact of the other', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      const accepted = await answer(bob, body, 'accept');
      expect(accepted.status).to.equal(200);
      expect(accepted.body).to.containEql({id: body.id, status: 'fulfilled'});
      for (const [person, other] of [
        [ann, bob],
        [bob, ann],
      ]) {
        const [contact, ...more] = await contactsOf(person);
        expect(more).to.be.empty();
        expect(contact).to.containEql({
          userId: other.id,
          isFriend: true,
          blocked: false,
          starred: false,
        });
      }
    });

    it('tells the one who asked, by the request', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      const accepted = await answer(bob, body, 'accept');
      const seen = await ann.http.get(`/notifications/${body.id}`);
      expect(seen.body).to.deepEqual(accepted.body);
    });

    it('answers the same the second time, and changes nothing', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      const accepted = await answer(bob, body, 'accept');
      await ann.http.delete(`/contacts/${bob.id}`);
      expect((await answer(bob, body, 'accept')).body).to.deepEqual(
        accepted.body,
      );
      expect(await contactsOf(bob)).to.deepEqual([]);
    });

    it('answers 409 to a rejection after that', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      await answer(bob, body, 'accept');
      expectError(await answer(bob, body, 'reject'), 409);
      expect(await contactsOf(ann)).to.have.length(1);
    });

    it('gives the past request to a friend who asks again', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      const accepted = await answer(bob, body, 'accept');
      for (const [one, other] of [
        [ann, bob],
        [bob, ann],
      ]) {
        const again = await request(one, other);
        expect(again.status).to.equal(200);
        expect(again.body).to.deepEqual(accepted.body);
      }
    });
  });

  context('when the other rejects', () => {
    it('makes nobody a contact, and allows another request', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      const rejected = await answer(bob, body, 'reject');
      expect(rejected.body).to.containEql({id: body.id, status: 'rejected'});
      expect((await answer(bob, body, 'reject')).body).to.deepEqual(
        rejected.body,
      );
      expectError(await answer(bob, body, 'accept'), 409);
      expect(await contactsOf(ann)).to.deepEqual([]);
      const next = await request(ann, bob);
      expect(next.body).to.containEql({status: 'initial'});
      expect(next.body.id).to.not.equal(body.id);
    });
  });

  context('when the other has asked already', () => {
    it('accepts what the other asked', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      const {status, body: accepted} = await request(bob, ann);
      expect(status).to.equal(200);
      expect(accepted).to.containEql({id: body.id, status: 'fulfilled'});
      expect(await contactsOf(ann)).to.have.length(1);
      expect(await contactsOf(bob)).to.have.length(1);
      expect(await inbox(ann)).to.deepEqual([]);
    });
  });

  context('when an id comes again', () => {
    it('answers what is stored, in whatever state', async () => {
      const {ann, bob} = people;
      const id = randomUUID();
      await request(ann, bob, {id});
      const rejected = await answer(bob, {id}, 'reject');
      const again = await request(ann, bob, {id: id.toUpperCase()});
      expect(again.body).to.deepEqual(rejected.body);
    });

    it("answers 409 when it is another's", async () => {
      const {ann, bob, eve} = people;
      const id = randomUUID();
      await request(ann, bob, {id});
      expectError(await request(ann, eve, {id}), 409);
      expectError(await request(eve, bob, {id}), 409);
      expectError(await request(bob, ann, {id}), 409);
    });
  });

  context('when it is not the own one', () => {
    it('answers 404 to a stranger, who learns nothing', async () => {
      const {ann, bob, eve} = people;
      const {body} = await request(ann, bob);
      const unknown = await answer(eve, {id: randomUUID()}, 'accept');
      for (const how of ['accept', 'reject'] as const) {
        const refused = await answer(eve, body, how);
        expectError(refused, 404);
        expect(refused.body).to.deepEqual(unknown.body);
      }
      expect(await contactsOf(ann)).to.deepEqual([]);
    });

    it('answers 403 to the one who asked', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      expectError(await answer(ann, body, 'accept'), 403);
      expectError(await answer(ann, body, 'reject'), 403);
    });

    it('answers 404 to what is no request', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      await ann.http.delete(`/contacts/${bob.id}`);
      const [deletion] = await inbox(bob, '?status=initial');
      expectError(await answer(bob, deletion, 'accept'), 404);
      expectError(await answer(bob, {id: 'no-uuid'}, 'accept'), 404);
    });
  });

  context('when the input is wrong', () => {
    const WRONG: [string, (own: string) => object][] = [
      ['userId', own => ({userId: own})],
      ['userId', () => ({remark: 'whom?'})],
      ['userId', () => ({userId: ''})],
      ['userId', () => ({userId: ' x'})],
      ['userId', () => ({userId: 'x'.repeat(65)})],
      ['userId', () => ({userId: 'x\u0000'})],
      ['remark', () => ({userId: 'x', remark: 'x'.repeat(501)})],
      ['remark', () => ({userId: 'x', remark: '\ud83d'})],
      ['remark', () => ({userId: 'x', remark: 1})],
      ['id', () => ({userId: 'x', id: 'no uuid'})],
      ['status', () => ({userId: 'x', status: 'fulfilled'})],
      ['senderId', () => ({userId: 'x', senderId: 'bob'})],
    ];
    it('answers 422 and says where', async () => {
      const {ann} = people;
      for (const [path, toDraft] of WRONG) {
        const draft = toDraft(ann.id);
        expectError(await ann.http.post('/contact-requests', draft), 422, path);
      }
    });

    it('takes 500 characters, whatever they are', async () => {
      const {ann, bob} = people;
      for (const remark of ['🌍'.repeat(500), "'; DROP TABLE x; -- \\"]) {
        const {body} = await request(ann, bob, {remark});
        expect(body.remark).to.equal(remark);
        await answer(bob, body, 'reject');
      }
    });
  });
});
