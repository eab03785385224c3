import {expect, sinon} from '@loopback/testlab';
import {ChatEvent, FRAMES} from '../../protocol';
import {singleChannelId, type AcquaintanceService} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {
  befriend,
  block,
  givenPeople,
  send,
  type People,
  type Person,
} from '../fixtures/contacts';
import type {Device} from '../fixtures/device';
import {askPresence, watchPresence} from '../fixtures/presence-watcher';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Who is no acquaintance any more', store => {
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  /** Subscribes to a user; notes whether each coming and going is told. */
  async function givenWatcher(watcher: Person, seen: Person) {
    const device = await chat().device(watcher.id);
    const told: boolean[] = [];
    watchPresence(device, (userId, isOnline) => {
      if (userId === seen.id) told.push(isOnline);
    });
    return {device, told, known: await askPresence(device, seen)};
  }

  it('is told nothing of the one who has blocked them', async () => {
    const {ann, bob} = people;
    await befriend(ann, bob);
    const [bobs, anns] = [
      await givenWatcher(bob, ann),
      await givenWatcher(ann, bob),
    ];
    expect(bobs.known).to.equal(1);
    anns.device.socket.close();
    await until(() => bobs.told.includes(false));
    await block(ann, bob);
    await chat().device(ann.id);
    expect(await askPresence(bobs.device, ann)).to.equal(0);
    expect(bobs.told).to.eql([true, false]);
  });

  it('is told nothing of a former friend, and tells them nothing', async () => {
    const {ann, bob} = people;
    await befriend(ann, bob);
    const watchers = [
      await givenWatcher(bob, ann),
      await givenWatcher(ann, bob),
    ];
    await bob.http.delete(`/contacts/${ann.id}`);
    const [bobs, anns] = watchers;
    bobs.told.length = 0;
    expect(await askPresence(bobs.device, ann)).to.equal(0);
    expect(await askPresence(anns.device, bob)).to.equal(0);
    anns.device.socket.close();
    await chat().device(ann.id);
    await askPresence(bobs.device, ann);
    expect(bobs.told).to.be.empty();
  });

  it('is told on, as long as the two share a channel', async () => {
    const {ann, bob} = people;
    await befriend(ann, bob);
    await send(ann, bob);
    const {told, known} = await givenWatcher(bob, ann);
    expect(known).to.equal(1);
    await bob.http.delete(`/contacts/${ann.id}`);
    const watching = await givenWatcher(ann, bob);
    await until(() => told.includes(true));
    watching.device.socket.close();
    await until(() => told.includes(false));
  });

  it('is told on when one of the two leaves a group of others', async () => {
    const {ann, bob, eve} = people;
    await send(ann, bob);
    const groups = [await givenGroupOf(eve, ann), await givenGroupOf(eve, bob)];
    const {told} = await givenWatcher(bob, ann);
    await ann.http.delete(`/groups/${groups[0]}/members/${ann.id}`);
    await eve.http.delete(`/groups/${groups[1]}`);
    await seesComeAndGo(told, ann);
  });

  it('is told on of whom they know by another group', async () => {
    const {ann, bob, eve} = people;
    const [left] = [
      await givenGroupOf(eve, ann, bob),
      await givenGroupOf(eve, ann, bob),
    ];
    const {told} = await givenWatcher(bob, ann);
    await ann.http.delete(`/groups/${left}/members/${ann.id}`);
    await seesComeAndGo(told, ann);
  });

  it('is told no more when the last group in common is left', async () => {
    const {ann, bob, eve} = people;
    const group = await givenGroupOf(eve, ann, bob);
    const {device, told, known} = await givenWatcher(bob, ann);
    expect(known).to.equal(1);
    await bob.http.delete(`/groups/${group}/members/${bob.id}`);
    expect(await askPresence(device, ann)).to.equal(0);
    (await chat().device(ann.id)).socket.close();
    await askPresence(device, ann);
    expect(told).to.be.empty();
  });

  async function givenGroupOf(owner: Person, ...others: Person[]) {
    const members = others.map(({id}) => id);
    const draft = {name: 'Some', members};
    const {body} = await owner.http.post<{id: string}>('/groups', draft);
    return body.id;
  }

  /** Until the subscription is looked at again nothing is told. */
  async function seesComeAndGo(told: boolean[], {id}: Person): Promise<void> {
    while (!told.includes(true)) {
      (await chat().device(id)).socket.close();
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    await until(() => told.includes(false));
  }

  it('gets no subscription by a question asked before', async () => {
    const {ann, bob} = people;
    await befriend(ann, bob);
    const service = await chat().app.get<AcquaintanceService>(
      'chat.acquaintanceService',
    );
    const original = service.thoseKnownTo.bind(service);
    const stub = sinon.stub(service, 'thoseKnownTo');
    cleanUpAfterTest(() => stub.restore());
    stub.callsFake(original);
    stub.onFirstCall().callsFake(async (...args) => {
      const answer = await original(...args);
      await block(ann, bob);
      return answer;
    });
    const {device, told, known} = await givenWatcher(bob, ann);
    expect(known).to.equal(0);
    await chat().device(ann.id);
    await askPresence(device, ann);
    expect(told).to.be.empty();
  });

  it('may not tell that they are typing, until they may again', async () => {
    const {ann, bob} = people;
    await send(ann, bob);
    const [anns, bobs] = [
      await chat().device(ann.id),
      await chat().device(bob.id),
    ];
    const typing: string[] = [];
    for (const device of [anns, bobs]) {
      device.socket.on(ChatEvent.Typing, (bytes: Uint8Array) => {
        const {userId} = FRAMES.Typing.decode(new Uint8Array(bytes));
        typing.push(String(userId));
      });
    }
    const channelId = singleChannelId(ann.id, bob.id);
    const frame = FRAMES.Typing.encode({channelId, typing: true});
    const type = (device: Device) => device.emit(ChatEvent.Typing, frame);
    expect(await type(bobs)).to.eql({statusCode: 200});
    await until(() => typing.length === 1);
    await block(ann, bob);
    const refused = {statusCode: 403, code: 'CHAT_BLOCKED'};
    expect(await type(bobs)).to.containEql(refused);
    // As for messages, who blocks may write.
    expect(await type(anns)).to.eql({statusCode: 200});
    await until(() => typing.length === 2);
    await block(ann, bob, false);
    expect(await type(bobs)).to.eql({statusCode: 200});
    await until(() => typing.length === 3);
    expect(typing).to.eql([bob.id, ann.id, bob.id]);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve));
}
