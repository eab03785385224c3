import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {expectError, type RestRow} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {rejection} from '../fixtures/rejection';
import {storedIn} from '../fixtures/stored-rows';
import {describeOverStores} from '../fixtures/stores';

const EMOJI = ['👍', '❤️', '😀', '🎉', '🚀', '👀', '🇩🇪', '1️⃣', '👨‍👩‍👧‍👦', ':+1:'];

describeOverStores('Reactions to messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;
  let message: RestRow;

  beforeEach(async () => {
    group = await givenGroup(chat());
    message = await group.send('ann', 'Hello');
  });

  const path = (emoji?: string) => {
    const all = `/messages/${message.id}/reactions`;
    return emoji === undefined ? all : `${all}/${encodeURIComponent(emoji)}`;
  };

  async function react(name: Name, emoji: string, more: object = {}) {
    const draft = {messageId: message.id, emoji, removed: false, ...more};
    const changes = await group.changes();
    const {changeSeq} = await changes.react(group.user(name), draft);
    return changeSeq;
  }

  async function listed(name: Name = 'olga'): Promise<RestRow[]> {
    return (await (await group.http(name)).get<RestRow[]>(path())).body;
  }

  context('when members react', () => {
    it('lists who did with what, oldest first', async () => {
      for (const name of ['bob', 'ann'] as const) {
        await (await group.http(name)).put(path('👍'));
      }
      await (await group.http('bob')).put(path(':tada:'));
      expect(await listed()).to.deepEqual([
        {emoji: '👍', userIds: [group.id('bob'), group.id('ann')], count: 2},
        {emoji: ':tada:', userIds: [group.id('bob')], count: 1},
      ]);
    });

    it('numbers each change of the message, and tells of it', async () => {
      const events = await group.events('message.reacted');
      const before = await group.read(message.id);
      const bob = await group.http('bob');
      expect((await bob.put(path('👍'))).body).to.deepEqual({changeSeq: 2});
      const draft = {messageId: message.id, emoji: '👍', removed: true};
      const service = await group.changes();
      const origin = 'socket-1';
      const removed = await service.react(group.user('bob'), draft, {origin});
      const {channelId} = group;
      expect(removed).to.deepEqual({channelId, changeSeq: 3});
      const row = await group.read(message.id);
      expect(row).to.deepEqual({...before, changeSeq: 3});
      expect(await group.changeSeq()).to.equal(3);
      const event = {
        channelId: group.channelId,
        channelType: 'group',
        actorId: group.id('bob'),
        messageId: message.id,
        emoji: '👍',
      };
      expect(events).to.deepEqual([
        {...event, changeSeq: 2, isRemoved: false, origin: undefined},
        {...event, changeSeq: 3, isRemoved: true, origin},
      ]);
      expect(await listed()).to.deepEqual([]);
    });

    it('changes nothing the second time', async () => {
      const events = await group.events('message.reacted');
      const bob = await group.http('bob');
      for (const [method, changeSeq] of [
        ['DELETE', 1],
        ['PUT', 2],
        ['PUT', 2],
        ['DELETE', 3],
        ['DELETE', 3],
      ] as const) {
        const {status, body} = await bob.send(method, path('👍'));
        expect([status, body]).to.deepEqual([200, {changeSeq}]);
      }
      expect(await group.changeSeq()).to.equal(3);
      expect(events).to.have.length(2);
    });

    it('keeps emoji of every kind as they are', async () => {
      const bob = await group.http('bob');
      for (const emoji of EMOJI) {
        expect((await bob.put(path(emoji))).status).to.equal(200);
      }
      expect((await listed()).map(each => each.emoji)).to.deepEqual(EMOJI);
      for (const emoji of EMOJI) {
        expect((await bob.delete(path(emoji))).status).to.equal(200);
      }
      expect(await listed()).to.deepEqual([]);
    });

    it('takes back one’s own only', async () => {
      await react('bob', '👍');
      const {body} = await (await group.http('ann')).delete(path('👍'));
      expect(body).to.deepEqual({changeSeq: 2});
      expect(await listed()).to.containDeep([{userIds: [group.id('bob')]}]);
    });

    it('is one row when it comes many times at once', async () => {
      const numbers = await Promise.all(
        Array.from({length: 25}, () => react('bob', '👍')),
      );
      expect(new Set(numbers)).to.deepEqual(new Set([2]));
      const {reactions} = await storedIn(chat(), group.channelId);
      expect(reactions).to.have.length(1);
      expect(await group.changeSeq()).to.equal(2);
    });

    it('ends in one state when put and taken back at once', async () => {
      const events = await group.events('message.reacted');
      await Promise.all(
        Array.from({length: 20}, (_, index) =>
          react('bob', '👍', {removed: index % 2 === 1}),
        ),
      );
      const states = events.map(({isRemoved}) => isRemoved);
      states.forEach((isRemoved, index) =>
        expect(isRemoved).to.equal(index % 2 === 1),
      );
      const {reactions} = await storedIn(chat(), group.channelId);
      expect(reactions).to.have.length(states.length % 2);
      expect(await group.changeSeq()).to.equal(1 + states.length);
    });
  });

  context('when there are too many', () => {
    const shortcodes = (count: number) =>
      Array.from({length: count}, (_, index) => `:e${index}:`);

    it('answers 422 to more than 20 of one user, also at once', async () => {
      const outcomes = await Promise.allSettled(
        shortcodes(30).map(emoji => react('bob', emoji)),
      );
      const done = outcomes.filter(({status}) => status === 'fulfilled');
      expect(done).to.have.length(20);
      const http = await group.http('bob');
      expectError(await http.put(path('👍')), 422, 'emoji');
      const [{emoji}] = (await storedIn(chat(), group.channelId)).reactions;
      expect((await http.put(path(emoji))).status).to.equal(200);
      expect((await http.delete(path(emoji))).status).to.equal(200);
      expect((await http.put(path('👍'))).status).to.equal(200);
    });

    it('answers 422 to more than 50 on one message, also at once', async () => {
      const names = ['ann', 'bob', 'adam'] as const;
      const outcomes = await Promise.allSettled(
        shortcodes(54).map((emoji, index) => react(names[index % 3], emoji)),
      );
      const done = outcomes.filter(({status}) => status === 'fulfilled');
      expect(done).to.have.length(50);
      const http = await group.http('olga');
      expectError(await http.put(path('👍')), 422, 'emoji');
      const [{emoji}] = (await storedIn(chat(), group.channelId)).reactions;
      expect((await http.put(path(emoji))).status).to.equal(200);
    });

    it('lists 100 users of an emoji, the asking one among them', async () => {
      const {channelId} = group;
      const reactions = await chat().app.get<{
        createAll(rows: object[]): Promise<unknown>;
      }>('repositories.MessageReactionRepository');
      const emoji = '👍';
      const rows = Array.from({length: 150}, (_, index) => ({
        id: randomUUID(),
        ...{messageId: message.id, channelId, emoji},
        userId: index === 149 ? group.id('bob') : `user-${index}`,
        createdOn: new Date(1_700_000_000_000 + index),
      }));
      await reactions.createAll(rows);
      for (const name of ['bob', 'ann'] as const) {
        const [{userIds, count}] = await listed(name);
        expect(count).to.equal(150);
        expect(userIds).to.have.length(100);
        const last = name === 'bob' ? group.id('bob') : 'user-99';
        expect((userIds as string[])[99]).to.equal(last);
      }
    });
  });

  it('answers 422 to what is no emoji', async () => {
    const http = await group.http('bob');
    for (const emoji of [
      ...['a', '❤', '👍👍', ' ', '::', ':A:', '👍\0', '%', '../..', '\u202e'],
      ...["'; DROP TABLE messages; --", '<script>', 'x'.repeat(5000)],
    ]) {
      expectError(await http.put(path(emoji)), 422, 'emoji');
      expectError(await http.delete(path(emoji)), 422, 'emoji');
    }
    const err = await rejection(react('bob', ''));
    expect(err).to.containEql({code: 'CHAT_INPUT_INVALID'});
    expect(await group.changeSeq()).to.equal(1);
  });
});
