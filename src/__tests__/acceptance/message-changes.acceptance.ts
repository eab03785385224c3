import {expect, sinon} from '@loopback/testlab';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {givenChatApp, givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import {expectError} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {upTo} from '../fixtures/message-log';
import {rejection} from '../fixtures/rejection';
import {storedIn} from '../fixtures/stored-rows';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';

const NAMES = ['ann', 'bob', 'adam', 'olga'] as const;
const EMOJI = ['👍', ':a:', ':b:'];

/** Does something to one of the messages; whether that works is not the point. */
type Action = (turn: number) => Promise<unknown>;

/** Everything that changes a message, by services and by REST. */
async function actionsOf(
  group: Group,
  ids: readonly string[],
): Promise<Action[]> {
  const service = await group.changes();
  const pick = <T>(list: readonly T[], turn: number) =>
    list[turn % list.length];
  const ref = (turn: number) => ({messageId: pick(ids, turn)});
  const user = (turn: number) => group.user(pick(NAMES, turn >> 1));
  const http = (turn: number) => group.http(pick(NAMES, turn >> 1));
  const react = (turn: number, removed: boolean) =>
    service.react(user(turn), {
      ...{...ref(turn), emoji: pick(EMOJI, turn)},
      removed,
    });
  return [
    turn => group.send(pick(NAMES, turn), `Message ${turn}`),
    turn => service.edit(user(turn), {...ref(turn), text: `Text ${turn}`}),
    turn => react(turn, false),
    turn => group.send(pick(NAMES, turn + 1), `Message ${turn}`),
    turn => react(turn + 1, true),
    turn => service.remove(user(turn), ref(turn)),
    async turn => {
      const where = {channelId: group.channelId, seq: {lte: 6}};
      const all = asking('/messages', {where});
      return (await http(turn)).patch(all, {body: `Bulk ${turn}`});
    },
    async turn =>
      (await http(turn)).patch(`/messages/${pick(ids, turn)}`, {status: turn}),
  ];
}

/** Collects the numbers that the group's events tell of. */
async function numbersOf(group: Group): Promise<() => number[]> {
  const changed = await Promise.all([
    group.events('message.edited'),
    group.events('message.deleted'),
    group.events('message.reacted'),
  ]);
  const created: number[] = [];
  const events = await group.chat.app.get(ChatServiceBindings.Events);
  events.on('message.created', ({message}) => {
    if (message.channelId === group.channelId) created.push(message.changeSeq);
  });
  return () => [
    ...created,
    ...changed.flatMap(each => each.map(({changeSeq}) => changeSeq)),
  ];
}

describeOverStores('Changes of messages at once', store => {
  const chat = givenChatAppOfSuite({store});

  it('use every number once, without gaps', async () => {
    const group = await givenGroup(chat());
    const numbers = await numbersOf(group);
    const ids: string[] = [];
    for (const body of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) {
      ids.push((await group.send(NAMES[ids.length % 4], body)).id);
    }
    const actions = await actionsOf(group, ids);
    await Promise.allSettled(
      upTo(50).map(turn => actions[turn % actions.length](turn)),
    );
    const last = await group.changeSeq();
    expect(last).to.be.above(30);
    expect(numbers().sort((a, b) => a - b)).to.deepEqual(upTo(last));
    const {messages} = await storedIn(chat(), group.channelId);
    const present = messages.map(({changeSeq}) => changeSeq);
    expect(new Set(present).size).to.equal(messages.length);
    expect(Math.max(...present)).to.equal(last);
    expect(messages.map(({seq}) => seq)).to.deepEqual(upTo(messages.length));
  });
});

describeOverStores(
  'Changes of messages on two nodes at once',
  store => {
    const chat = givenChatAppOfSuite({store});

    it('use every number of the one channel once', async () => {
      const group = await givenGroup(chat());
      const other = await givenChatApp({store});
      const {id: messageId} = await group.send('ann', 'One');
      const {channelId} = group;
      const services = [
        await group.changes(),
        await other.app.get(ChatServiceBindings.MessageChangeService),
      ];
      const places = await Promise.all(
        upTo(30).map(turn =>
          turn % 5
            ? services[turn % 2].edit(group.user('ann'), {
                ...{messageId, channelId},
                text: `Text ${turn}`,
              })
            : services[turn % 2].react(group.user(pickName(turn)), {
                ...{messageId, emoji: `:e${turn}:`},
                removed: false,
              }),
        ),
      );
      const numbers = places.map(({changeSeq}) => changeSeq);
      expect(numbers.sort((a, b) => a - b)).to.deepEqual(
        upTo(30).map(index => index + 1),
      );
      const {edits, reactions} = await storedIn(chat(), channelId);
      expect([edits.length, reactions.length]).to.deepEqual([24, 6]);
      expect(await group.changeSeq()).to.equal(31);
    });
  },
  SQL_STORES,
);

describeOverStores(
  'A change of a message that fails half-way',
  store => {
    const chat = givenChatAppOfSuite({store});

    it('leaves all as it was, and tells nobody', async () => {
      const group = await givenGroup(chat());
      const {id: messageId} = await group.send('ann', 'One');
      const service = await group.changes();
      const user = group.user('ann');
      await service.edit(user, {messageId, text: 'Two'});
      await service.react(user, {messageId, emoji: ':a:', removed: false});
      const before = await storedIn(chat(), group.channelId);
      const numbers = await numbersOf(group);
      const changes = await chat().app.get(ChatInternalBindings.MessageChanges);
      const gone = Object.assign(new Error('gone'), {code: '57P01'});
      const stub = sinon.stub(changes, 'write').rejects(gone);
      try {
        for (const attempt of [
          () => service.edit(user, {messageId, text: 'Three'}),
          () => service.remove(user, {messageId}),
          () => service.react(user, {messageId, emoji: ':b:', removed: false}),
          () => service.react(user, {messageId, emoji: ':a:', removed: true}),
        ]) {
          expect(await rejection(attempt())).to.equal(gone);
        }
        const ann = await group.http('ann');
        const path = `/messages/${messageId}`;
        expectError(await ann.patch(path, {body: 'Three'}), 503);
        expectError(await ann.delete(path), 503);
      } finally {
        stub.restore();
      }
      expect(await storedIn(chat(), group.channelId)).to.deepEqual(before);
      expect(await group.changeSeq()).to.equal(3);
      expect(numbers()).to.be.empty();
      const {changeSeq} = await service.remove(user, {messageId});
      expect(changeSeq).to.equal(4);
    });
  },
  SQL_STORES,
);

function pickName(turn: number): Name {
  return NAMES[turn % NAMES.length];
}
