import {expect} from '@loopback/testlab';
import {ChatEvent} from '../../protocol';
import type {Group} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenUser, type GivenUser} from '../fixtures/group';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const MAX_ACKED = 4;

const givenIds = (count: number) =>
  Array.from({length: count}, () => givenUserId('member'));

describeOverStores('The notes of a group, two of whom are connected', store => {
  const chat = givenChatAppOfSuite({
    store,
    config: {realtime: {maxAckedMembers: MAX_ACKED}},
  });
  let ann: GivenUser;
  let bob: GivenUser;
  /** Whether the notes that came ask for an ack, and what waits for the next. */
  let asked: boolean[];
  let onNote: () => void;

  beforeEach(async () => {
    [ann, bob] = [await givenUser(chat(), 'ann'), await givenUser(chat(), 'b')];
    asked = [];
    onNote = () => undefined;
    await chat().device(ann.id);
    const {socket} = await chat().device(bob.id);
    socket.on(ChatEvent.MessageSystem, (...args: unknown[]) => {
      asked.push(typeof args[args.length - 1] === 'function');
      onNote();
    });
  });

  async function notes(count: number): Promise<boolean[]> {
    while (asked.length < count) {
      await new Promise<void>(resolve => (onNote = resolve));
    }
    return asked;
  }

  async function open(size: number): Promise<string> {
    const members = [bob.id, ...givenIds(size - 2)];
    const draft = {name: 'Many', members};
    const {body} = await ann.http.post<Group>('/groups', draft);
    return `/groups/${body.id}/members`;
  }

  it('ask for acks up to so many members, from the first on', async () => {
    await open(MAX_ACKED);
    expect(await notes(1)).to.eql([true]);
  });

  it('ask for none beyond, from the first on', async () => {
    await open(MAX_ACKED + 1);
    expect(await notes(1)).to.eql([false]);
  });

  it('ask for none from when it has more', async () => {
    const path = await open(MAX_ACKED);
    await ann.http.post(path, {members: givenIds(1)});
    expect(await notes(2)).to.eql([true, false]);
    const [other] = givenIds(1);
    await ann.http.post(path, {members: [other]});
    expect(await notes(3)).to.eql([true, false, false]);
    await ann.http.delete(`${path}/${other}`);
    expect(await notes(4)).to.eql([true, false, false, false]);
  });

  it('ask for them again from when it has less', async () => {
    const path = await open(MAX_ACKED);
    const [other] = givenIds(1);
    await ann.http.post(path, {members: [other]});
    await ann.http.delete(`${path}/${other}`);
    expect(await notes(3)).to.eql([true, false, true]);
  });
});
