import {expect, skipIf} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatServiceBindings} from '../../keys';
import {ORDINARY_PERMISSIONS} from '../../permissions';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {
  advance,
  givenPeople,
  givenPerson,
  inbox,
  notify,
  STATUSES,
  type People,
  type Person,
  type RestNotification,
  type RestNotificationPage,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {statementsOf} from '../fixtures/statements';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('List of notifications', store => {
  const isMemory = store.database === 'memory';
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  /** Tells a user of so many things, as the host. */
  async function givenNotifications({id}: Person, count: number) {
    const key = ChatServiceBindings.NotificationService;
    const host = await chat().app.get(key);
    for (let index = 0; index < count; index++) {
      await host.notifyCustom('system', id, {remark: `${index}`});
    }
  }

  context('when notifications are read', () => {
    it('shows one to its sender and receiver, and to nobody else', async () => {
      const {ann, bob, eve} = people;
      const {body} = await notify(ann, bob);
      for (const id of [body.id, body.id.toUpperCase()]) {
        const path = `/notifications/${id}`;
        for (const {http} of [ann, bob]) {
          expect((await http.get(path)).body).to.deepEqual(body);
        }
        expectError(await eve.http.get(path), 404);
        const claims = {
          permissions: [...ORDINARY_PERMISSIONS, 'AdministerChat'],
        };
        const admin = await givenCheckedClient(chat(), eve.id, {claims});
        expectError(await admin.get(path), 404);
      }
      expect(await inbox(eve)).to.deepEqual([]);
      expect(await inbox(eve, '?sent=true')).to.deepEqual([]);
    });

    it('lists by one or several statuses, the newest first', async () => {
      const {ann, bob} = people;
      const ids: string[] = [];
      for (const status of STATUSES) {
        const {body} = await notify(ann, bob);
        await advance(bob, body, status);
        ids.unshift(body.id);
      }
      const listed = async (query: string, person = bob) =>
        (await inbox(person, query)).map(({id}) => id);
      const byTime = await listed('');
      expect([...byTime].sort()).to.deepEqual([...ids].sort());
      expect(await listed('?status=initial')).to.deepEqual([ids[4]]);
      expect(await listed('?status=fulfilled&status=rejected')).to.deepEqual(
        byTime.filter(id => ids.indexOf(id) < 2),
      );
      expect(await listed('?sent=true&status=read', ann)).to.deepEqual([
        ids[2],
      ]);
      expect(await listed('?sent=false', ann)).to.deepEqual([]);
    });

    it('gives them in pages, each once', async () => {
      const {bob} = people;
      await givenNotifications(bob, 7);
      const whole = await inbox(bob);
      const seen: RestNotification[] = [];
      let query = '?limit=3';
      for (let page = 0; page < 3; page++) {
        const {body} = await bob.http.get<RestNotificationPage>(
          `/notifications${query}`,
        );
        seen.push(...body.notifications);
        query = `?limit=3&pageToken=${body.nextPageToken}`;
        expect(body.nextPageToken === undefined).to.equal(page === 2);
      }
      expect(seen).to.deepEqual(whole);
      expect(seen).to.have.length(7);
    });

    skipIf(
      isMemory,
      it,
      'asks the database once, however many there are',
      async () => {
        for (const size of [5, 50]) {
          const owner = await givenPerson(chat(), 'owner');
          await givenNotifications(owner, size);
          const statements = await statementsOf(chat(), async () => {
            expect(await inbox(owner)).to.have.length(size);
          });
          expect(statements).to.have.length(1);
        }
      },
    );

    it('answers 4xx to a page or status that is none', async () => {
      const {bob} = people;
      const token = (...place: unknown[]) =>
        Buffer.from(JSON.stringify(place)).toString('base64url');
      for (const query of [
        ...['limit=0', 'limit=1001', 'limit=1.5', 'sent=perhaps', 'status=x'],
        ...['status=initial&status=done', 'status=', 'status[a]=initial'],
        ...['pageToken=x', `pageToken=${token(1, randomUUID())}`],
        `pageToken=${token('1', 'x')}`,
        `pageToken=${token('-1', randomUUID())}`,
        `pageToken=${token('9'.repeat(15), randomUUID())}`,
        `pageToken=${token("'; --", randomUUID())}`,
      ]) {
        const {status} = await bob.http.get(`/notifications?${query}`);
        expect([query, status]).to.be.oneOf([query, 400], [query, 422]);
      }
      const far = token('9'.repeat(14), randomUUID());
      const {status} = await bob.http.get(`/notifications?pageToken=${far}`);
      expect(status).to.equal(200);
    });
  });
});
