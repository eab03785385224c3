import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  advance,
  givenPeople,
  inbox,
  notify,
  STATUSES,
  type People,
  type RestNotification,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

const [, RECEIVED, READ, FULFILLED, REJECTED] = STATUSES;

describeOverStores('Status of a notification', store => {
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  context('when the receiver takes it further', () => {
    it('goes forward, also past a status', async () => {
      const {ann, bob} = people;
      for (const path of [
        [RECEIVED, READ, FULFILLED],
        [READ, REJECTED],
        [REJECTED],
      ]) {
        const {body} = await notify(ann, bob);
        for (const status of path) {
          const moved = await advance(bob, body, status);
          expect(moved.status).to.equal(200);
          expect(moved.body).to.containEql({id: body.id, status});
        }
      }
    });

    it('changes nothing by a status that it has passed', async () => {
      const {ann, bob} = people;
      const {body} = await notify(ann, bob);
      for (const status of [RECEIVED, READ, FULFILLED]) {
        const {body: moved} = await advance(bob, body, status);
        const past = STATUSES.slice(0, STATUSES.indexOf(status) + 1);
        for (const earlier of past) {
          const answer = await advance(bob, body, earlier);
          expect(answer.status).to.equal(200);
          expect(answer.body).to.deepEqual(moved);
        }
      }
      expectError(await advance(bob, body, REJECTED), 409);
    });

    it('has one answer when all come at once', async () => {
      const {ann, bob} = people;
      for (let round = 0; round < 5; round++) {
        const {body} = await notify(ann, bob);
        const asked = [...STATUSES, ...STATUSES, ...STATUSES];
        const answers = await Promise.all(
          asked.map(status => advance(bob, body, status)),
        );
        const last = await bob.http.get<RestNotification>(
          `/notifications/${body.id}`,
        );
        expect([FULFILLED, REJECTED]).to.containEql(last.body.status);
        answers.forEach(({status}, index) => {
          const isAnswer = index % 5 > 2;
          const isLost = isAnswer && asked[index] !== last.body.status;
          expect(status).to.equal(isLost ? 409 : 200);
        });
      }
    });

    it('answers 404 to strangers and 403 to the sender', async () => {
      const {ann, bob, eve} = people;
      const {body} = await notify(ann, bob);
      const unknown = await advance(eve, {id: randomUUID()}, READ);
      for (const status of STATUSES) {
        const refused = await advance(eve, body, status);
        expectError(refused, 404);
        expect(refused.body).to.deepEqual(unknown.body);
        expectError(await advance(ann, body, status), 403);
      }
      expectError(await advance(bob, {id: 'no-uuid'}, READ), 404);
      const [same] = await inbox(bob);
      expect(same).to.deepEqual(body);
    });

    it('answers 422 to what is no status', async () => {
      const {ann, bob} = people;
      const {body} = await notify(ann, bob);
      for (const status of ['', 'Read', 'done', null, 4, ['read'], {}]) {
        const refused = await advance(bob, body, status as string);
        expectError(refused, 422, 'status');
      }
    });
  });
});
