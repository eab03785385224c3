import {expect} from '@loopback/testlab';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  answer,
  befriend,
  block,
  givenPerson,
  request,
  storedOf,
  type Person,
} from '../fixtures/contacts';
import {describeOverStores} from '../fixtures/stores';

const MANY = 50;
const SOME = 8;

/** The same two users at two nodes of one database; memory has one node. */
interface Pair {
  readonly ann: Person;
  readonly bob: Person;
}

describeOverStores('Contacts at once', store => {
  const chat = givenChatAppOfSuite({store});
  const otherNode = givenChatAppOfSuite({store});

  async function givenPairs(count: number): Promise<Pair[]> {
    const node = store.database === 'memory' ? chat() : otherNode();
    const pair = async () => ({
      ann: await givenPerson(chat(), 'ann'),
      bob: await givenPerson(node, 'bob'),
    });
    return Promise.all(Array.from({length: count}, pair));
  }

  /** Does something to each pair at once; gives what is stored then. */
  async function forEach<T>(count: number, work: (pair: Pair) => Promise<T>) {
    const pairs = await givenPairs(count);
    const results = await Promise.all(pairs.map(pair => work(pair)));
    const stored = await Promise.all(
      pairs.map(({ann, bob}) => storedOf(chat(), ann, bob)),
    );
    return results.map((result, i) => ({...pairs[i], result, ...stored[i]}));
  }

  const friends = (pair: Awaited<ReturnType<typeof storedOf>>) =>
    pair.contacts.filter(({isFriend}) => isFriend).length;

  it('are one friendship when both ask each other', async () => {
    const outcomes = await forEach(MANY, ({ann, bob}) =>
      Promise.all([request(ann, bob), request(bob, ann)]),
    );
    for (const {result, contacts, notifications} of outcomes) {
      expect(result.map(({status}) => status)).to.deepEqual([200, 200]);
      const [one, other] = result.map(({body}) => body);
      expect(one.id).to.equal(other.id);
      expect([one.status, other.status].sort()).to.deepEqual([
        'fulfilled',
        'initial',
      ]);
      expect(contacts.map(({isFriend}) => isFriend)).to.deepEqual([true, true]);
      expect(notifications.map(({status}) => status)).to.deepEqual([
        'fulfilled',
      ]);
    }
  });

  it('are one request when one asks often', async () => {
    const [{ann, bob}] = await givenPairs(1);
    const answers = await Promise.all(
      Array.from({length: MANY}, () => request(ann, bob)),
    );
    const ids = answers.map(({status, body}) => [status, body.id]);
    expect(new Set(ids.map(String)).size).to.equal(1);
    const {contacts, notifications} = await storedOf(chat(), ann, bob);
    expect(contacts).to.be.empty();
    expect(notifications).to.have.length(1);
  });

  it('have one answer when a request is accepted and rejected', async () => {
    const outcomes = await forEach(SOME, async ({ann, bob}) => {
      const {body} = await request(ann, bob);
      const hows = ['accept', 'reject', 'accept', 'reject'] as const;
      return Promise.all(hows.map(how => answer(bob, body, how)));
    });
    for (const outcome of outcomes) {
      const [accepted, rejected, again, rejectedAgain] = outcome.result.map(
        ({status}) => status,
      );
      expect([accepted, rejected].sort()).to.deepEqual([200, 409]);
      expect([again, rejectedAgain]).to.deepEqual([accepted, rejected]);
      expect(friends(outcome)).to.equal(accepted === 200 ? 2 : 0);
      expect(outcome.contacts).to.have.length(friends(outcome));
    }
  });

  it('leave no request open of one who is blocked', async () => {
    const outcomes = await forEach(MANY, ({ann, bob}) =>
      Promise.all([request(ann, bob), block(bob, ann)]),
    );
    for (const {result, bob, contacts, notifications} of outcomes) {
      const [asked, blocked] = result;
      expect(blocked.status).to.equal(200);
      expect([200, 403]).to.containEql(asked.status);
      const statuses = notifications.map(({status}) => status);
      expect(statuses).to.deepEqual(asked.status === 200 ? ['rejected'] : []);
      const [only, ...more] = contacts;
      expect(more).to.be.empty();
      expect(only).to.containEql({ownerId: bob.id, blocked: true});
    }
  });

  it('befriend nobody with one who has blocked them before', async () => {
    const outcomes = await forEach(SOME, async ({ann, bob}) => {
      const {body} = await request(ann, bob);
      return Promise.all([answer(bob, body, 'accept'), block(ann, bob)]);
    });
    for (const outcome of outcomes) {
      const [accepted, blocked] = outcome.result;
      expect(blocked.status).to.equal(200);
      expect([200, 403]).to.containEql(accepted.status);
      expect(friends(outcome)).to.equal(accepted.status === 200 ? 2 : 0);
    }
  });

  it('part once when both end it, and either is told at most', async () => {
    const outcomes = await forEach(SOME, async ({ann, bob}) => {
      await befriend(ann, bob);
      return Promise.all([
        ann.http.delete(`/contacts/${bob.id}`),
        bob.http.delete(`/contacts/${ann.id}`),
      ]);
    });
    for (const {result, contacts, notifications} of outcomes) {
      const statuses = result.map(({status}) => status).sort();
      expect(statuses).to.deepEqual([204, 404]);
      expect(contacts).to.be.empty();
      const told = notifications.filter(({type}) => type === 'del_friend');
      expect(told).to.have.length(1);
    }
  });

  it('keep every change of one contact', async () => {
    const outcomes = await forEach(SOME, async ({ann, bob}) => {
      await befriend(ann, bob);
      const path = `/contacts/${bob.id}`;
      return Promise.all([
        ann.http.patch(path, {starred: true}),
        ann.http.patch(path, {remark: 'Bobby'}),
        ann.http.patch(path, {blocked: true}),
        bob.http.patch(`/contacts/${ann.id}`, {starred: true}),
      ]);
    });
    for (const {ann, contacts} of outcomes) {
      const own = contacts.find(({ownerId}) => ownerId === ann.id);
      expect(own).to.containEql({
        ...{starred: true, remark: 'Bobby', blocked: true},
        isFriend: true,
      });
      const others = contacts.find(({ownerId}) => ownerId !== ann.id);
      expect(others).to.containEql({starred: true, blocked: false});
    }
  });

  it('leave nothing to be told to the operator', () => {
    for (const {logger} of [chat(), otherNode()]) {
      expect(logger.lines).to.deepEqual([]);
    }
  });
});
