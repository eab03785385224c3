import {expect, sinon} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import type {AcquaintanceService} from '../../services';
import {
  givenChatApp,
  givenChatAppOfSuite,
  type ChatApp,
} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {
  befriend,
  block,
  givenPeople,
  type People,
  type Person,
} from '../fixtures/contacts';
import {askPresence, watchPresence} from '../fixtures/presence-watcher';
import {describeOverStores} from '../fixtures/stores';

/** More than pass between an answer of the store and what follows from it. */
const MANY_STEPS = 12;

describeOverStores('Presence while it is not known who is known', store => {
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  it('is told afterwards, of those alone who came or went', async () => {
    const {ann, bob, eve} = people;
    const group = await givenTwoGroups(eve, ann, bob);
    const anns = await chat().device(ann.id);
    await chat().device(eve.id);
    const {told, known} = await givenWatcher(chat(), bob, ann, eve);
    expect(known).to.equal(2);
    const asked = await givenSlowStore(chat());
    await bob.http.delete(`/groups/${group}/members/${bob.id}`);
    await asked.isAsked;
    anns.socket.close();
    await isOffline(ann);
    expect(told).to.be.empty();
    asked.answer();
    await until(() => told.length > 0);
    (await chat().device(ann.id)).socket.close();
    await until(() => told.length > 2);
    const [wasOff, on, off] = [false, true, false].map(is => [ann.id, is]);
    expect(told).to.eql([wasOff, on, off]);
  });

  it('is not told of one who has blocked the user meanwhile', async () => {
    const {ann, bob, eve} = people;
    const group = await givenTwoGroups(eve, ann, bob);
    const {device, told} = await givenWatcher(chat(), bob, ann);
    const asked = await givenSlowStore(chat());
    await bob.http.delete(`/groups/${group}/members/${bob.id}`);
    await asked.isAsked;
    await block(ann, bob);
    await chat().device(ann.id);
    asked.answer();
    await asked.isAskedAgain;
    expect(await askPresence(device, ann)).to.equal(0);
    expect(told).to.be.empty();
  });

  it('is told to those connections alone that are still there', async () => {
    const {ann, bob, eve} = people;
    const group = await givenTwoGroups(eve, ann, bob);
    const [ended, other] = [
      await givenWatcher(chat(), bob, ann),
      await givenWatcher(chat(), bob, ann),
    ];
    const asked = await givenSlowStore(chat());
    await bob.http.delete(`/groups/${group}/members/${bob.id}`);
    await asked.isAsked;
    ended.device.socket.close();
    await chat().device(ann.id);
    asked.answer();
    await until(() => other.told.length > 0);
    expect(other.told).to.eql([[ann.id, true]]);
    expect(ended.told).to.be.empty();
  });

  it('is told when the database is back', async () => {
    const {ann, bob, eve} = people;
    const group = await givenTwoGroups(eve, ann, bob);
    const {told} = await givenWatcher(chat(), bob, ann);
    const {stub} = await givenStub(chat());
    stub.onFirstCall().rejects(new Error('The database is away'));
    await bob.http.delete(`/groups/${group}/members/${bob.id}`);
    await chat().device(ann.id);
    await until(() => told.length > 0);
    expect(told).to.eql([[ann.id, true]]);
    expect(stub.callCount).to.equal(2);
  });

  it('is asked for no more once the app has stopped', async () => {
    const own = await givenChatApp({store});
    const {ann, bob, eve} = await givenPeople(own);
    const group = await givenTwoGroups(eve, ann, bob);
    const {told} = await givenWatcher(own, bob, ann);
    const asked = await givenSlowStore(own);
    await bob.http.delete(`/groups/${group}/members/${bob.id}`);
    await asked.isAsked;
    await own.stop();
    asked.answer();
    await new Promise(resolve => setImmediate(resolve));
    expect(asked.stub.callCount).to.equal(1);
    expect(told).to.be.empty();
  });

  it('is told by no answer that was made right before a change', async () => {
    const {ann, bob} = people;
    await befriend(ann, bob);
    const events = await chat().app.get(ChatServiceBindings.Events);
    const userIds = [ann.id, bob.id] as const;
    const {stub} = await givenStub(chat());
    for (let steps = 0; steps < MANY_STEPS; steps++) {
      stub.reset();
      stub.resolves([]);
      stub.onFirstCall().callsFake(async () => {
        void after(steps, () => events.emit('contact.changed', {userIds}));
        return [ann.id];
      });
      const {device, told} = await givenWatcher(chat(), bob, ann);
      (await chat().device(ann.id)).socket.close();
      await isOffline(ann);
      expect(await askPresence(device, ann)).to.equal(0);
      expect(told).to.be.empty();
    }
  });

  async function isOffline({id}: Person): Promise<void> {
    const presence = await chat().app.get<{
      stateOf(userId: string): {isOnline: boolean};
    }>('chat.presence');
    await until(() => !presence.stateOf(id).isOnline);
  }
});

/** Subscribes to users; notes each coming and going that is told. */
async function givenWatcher(chat: ChatApp, watcher: Person, ...seen: Person[]) {
  const device = await chat.device(watcher.id);
  const told: [string, boolean][] = [];
  watchPresence(device, (...each) => told.push(each));
  return {device, told, known: await askPresence(device, ...seen)};
}

/** Gives one of the two groups that all share. */
async function givenTwoGroups(
  owner: Person,
  ...others: Person[]
): Promise<string> {
  const draft = {name: 'Some', members: others.map(({id}) => id)};
  await owner.http.post('/groups', draft);
  const {body} = await owner.http.post<{id: string}>('/groups', draft);
  return body.id;
}

async function givenStub({app}: ChatApp) {
  const service = await app.get<AcquaintanceService>(
    'chat.acquaintanceService',
  );
  const original = service.thoseKnownTo.bind(service);
  const stub = sinon.stub(service, 'thoseKnownTo');
  cleanUpAfterTest(() => stub.restore());
  stub.callsFake(original);
  return {stub, original};
}

/** A store that gives its first answer only when it is told to. */
async function givenSlowStore(chat: ChatApp) {
  const {stub, original} = await givenStub(chat);
  let answer: () => void = () => undefined;
  const mayAnswer = new Promise<void>(resolve => (answer = resolve));
  const isAsked = new Promise<void>(resolve => {
    stub.onFirstCall().callsFake(async (...args) => {
      const known = await original(...args);
      resolve();
      await mayAnswer;
      return known;
    });
  });
  const isAskedAgain = new Promise<void>(resolve => {
    stub.onSecondCall().callsFake((...args) => {
      resolve();
      return original(...args);
    });
  });
  return {stub, answer, isAsked, isAskedAgain};
}

/** Runs `act` so many steps of a promise later. */
async function after(steps: number, act: () => void): Promise<void> {
  for (let step = 0; step < steps; step++) await Promise.resolve();
  act();
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}
