import {expect, sinon} from '@loopback/testlab';
import type {EntityCrudRepository} from '@loopback/repository';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {
  answer,
  befriend,
  block,
  contactsOf,
  givenPeople,
  inbox,
  request,
  storedOf,
  type People,
} from '../fixtures/contacts';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';

type Write = 'create' | 'updateById' | 'updateAll' | 'deleteById';

describeOverStores(
  'Contacts when the database fails half-way',
  store => {
    const chat = givenChatAppOfSuite({store});
    let people: People;

    beforeEach(async () => {
      people = await givenPeople(chat());
    });

    /** Lets a write be done and then fail, as when the connection is lost. */
    function failAfter(repository: string, write: Write): () => void {
      const key = `repositories.${repository}`;
      const {valueConstructor} = chat().app.getBinding(key);
      const prototype = valueConstructor?.prototype as EntityCrudRepository<
        never,
        string
      >;
      const done: Function = prototype[write];
      const stub = sinon.stub(prototype, write) as sinon.SinonStub;
      stub.callsFake(async function (this: unknown, ...args: unknown[]) {
        await done.apply(this, args);
        throw Object.assign(new Error('gone'), {code: 'ECONNRESET'});
      });
      cleanUpAfterTest(() => stub.restore());
      return () => stub.restore();
    }

    async function expectFailure(ask: () => Promise<{status: number}>) {
      expect((await ask()).status).to.equal(503);
    }

    it('asks nobody by half', async () => {
      const {ann, bob} = people;
      const comeBack = failAfter('NotificationRepository', 'create');
      await expectFailure(() => request(ann, bob));
      const stored = await storedOf(chat(), ann, bob);
      expect(stored).to.deepEqual({contacts: [], notifications: []});
      comeBack();
      expect((await request(ann, bob)).status).to.equal(200);
    });

    for (const write of ['create', 'updateById', 'updateAll'] as const) {
      it(`befriends nobody by half, failing at ${write}`, async () => {
        const {ann, bob} = people;
        const {body} = await request(ann, bob);
        const isOfContacts = write !== 'updateAll';
        const comeBack = failAfter(
          isOfContacts ? 'ContactRepository' : 'NotificationRepository',
          write,
        );
        await expectFailure(() => answer(bob, body, 'accept'));
        const stored = await storedOf(chat(), ann, bob);
        expect(stored.contacts).to.be.empty();
        expect(await inbox(bob)).to.deepEqual([body]);
        comeBack();
        expect((await answer(bob, body, 'accept')).status).to.equal(200);
        expect(await contactsOf(ann)).to.have.length(1);
      });
    }

    for (const [repository, write] of [
      ['NotificationRepository', 'create'],
      ['ContactRepository', 'deleteById'],
    ] as const) {
      it(`parts nobody by half, failing at ${repository}`, async () => {
        const {ann, bob} = people;
        await befriend(ann, bob);
        const before = await storedOf(chat(), ann, bob);
        const comeBack = failAfter(repository, write);
        const path = `/contacts/${bob.id}`;
        await expectFailure(() => ann.http.delete(path));
        expect(await storedOf(chat(), ann, bob)).to.deepEqual(before);
        comeBack();
        expect((await ann.http.delete(path)).status).to.equal(204);
      });
    }

    it('blocks nobody by half', async () => {
      const {ann, bob} = people;
      const {body} = await request(bob, ann);
      const comeBack = failAfter('NotificationRepository', 'updateAll');
      await expectFailure(() => block(ann, bob));
      expect(await contactsOf(ann)).to.be.empty();
      expect(await inbox(ann)).to.deepEqual([body]);
      comeBack();
      expect((await block(ann, bob)).status).to.equal(200);
      expect((await inbox(ann))[0].status).to.equal('rejected');
    });
  },
  SQL_STORES,
);
