import {expect, sinon} from '@loopback/testlab';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {SyncRequest, SyncService} from '../../services';
import {removeMember, sendMany} from '../fixtures/channels';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {givenConversation, type Conversation} from '../fixtures/conversation';
import {upTo} from '../fixtures/message-log';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Sync', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;
  let service: SyncService;

  beforeEach(async () => {
    talk = await givenConversation(chat());
    service = await chat().app.get(ChatServiceBindings.SyncService);
  });

  const sync = (userId: string, request?: SyncRequest) =>
    service.sync({id: userId, permissions: []}, request);

  /** Opens channels of Ann's, each of so many messages. */
  async function givenChannels(...sizes: number[]): Promise<string[]> {
    const ids: string[] = [];
    for (const size of sizes) {
      const channelId = givenUserId('task');
      const draft = {channelId, channelType: 'task', toUserId: talk.bobId};
      await sendMany(talk.ann, draft, size);
      ids.push(channelId);
    }
    return ids;
  }

  /** Runs with channels said to have so many members; all others have 2. */
  async function withCounts<T>(
    counts: Record<string, number>,
    run: () => Promise<T>,
  ): Promise<T> {
    const source = await chat().app.get(
      ChatInternalBindings.ConversationSource,
    );
    const count = source.memberCounts.bind(source);
    source.memberCounts = async ids =>
      new Map(ids.map(id => [id, counts[id] ?? 2]));
    try {
      return await run();
    } finally {
      source.memberCounts = count;
    }
  }

  /** What came of each channel: its messages by number, its cursor, and if there is more. */
  const parts = ({channels}: Awaited<ReturnType<typeof sync>>) =>
    channels.map(({channel, messages, changeSeq, more}) => [
      channel.id,
      messages.map(({seq}) => seq),
      changeSeq,
      more,
    ]);

  context('when a client knows nothing yet', () => {
    it('answers all of its channels from the first change on', async () => {
      const [id] = await givenChannels(2);
      const answer = await sync(talk.bobId);
      expect(parts(answer)).to.deepEqual([
        [id, [1, 2], 2, false],
        [talk.channelId, [1], 1, false],
      ]);
      expect(answer).to.not.have.property('nextPageToken');
      for (const {channel, members, membersChanged} of answer.channels) {
        expect(channel.unread).to.equal(channel.messageSeq);
        expect(membersChanged).to.be.true();
        expect(members?.map(({userId}) => userId)).to.deepEqual(
          [talk.annId, talk.bobId].sort(),
        );
      }
      expect(await sync(talk.eveId)).to.deepEqual({channels: []});
    });

    it('leaves out a channel in which nothing has happened yet', async () => {
      const ledger = await chat().app.get(ChatInternalBindings.MessageLog);
      await ledger.append({
        message: {
          id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
          ...{channelId: 'x', createdBy: talk.eveId, body: '', kind: 'text'},
        },
        opens: {
          ...{id: givenUserId('task'), type: 'task', createdBy: talk.bobId},
          memberIds: [talk.bobId],
        },
      });
      expect(parts(await sync(talk.bobId))).to.deepEqual([
        [talk.channelId, [1], 1, false],
      ]);
    });

    it('pages by the order of the listing', async () => {
      const bob = await givenCheckedClient(chat(), givenUserId('bob'));
      const ids: string[] = [];
      for (let index = 0; index < 53; index++) {
        const channelId = givenUserId('task');
        ids.unshift(channelId);
        await sendMany(bob, {channelId, channelType: 'task'}, 1);
      }
      const {body} = await bob.get<{
        channels: {lastMessage: {createdBy: string}}[];
      }>('/channels?limit=1');
      const userId = body.channels[0].lastMessage.createdBy;
      const first = await sync(userId, {pageToken: '', limit: 0, channels: []});
      expect(first.nextPageToken).to.be.String();
      const {nextPageToken: pageToken} = first;
      const second = await sync(userId, {pageToken});
      expect(second).to.not.have.property('nextPageToken');
      const found = [...first.channels, ...second.channels];
      expect(found.map(({channel}) => channel.id)).to.deepEqual(ids);
    });
  });

  context('when a client comes back', () => {
    it('answers what it asks for, in its order, and drops what is not its own', async () => {
      const [one, two, three] = await givenChannels(3, 1, 1);
      const other = await givenConversation(chat());
      await removeMember(chat(), three, talk.bobId);
      const answer = await sync(talk.bobId, {
        channels: [
          {channelId: two, changeSeq: 1},
          {channelId: other.channelId, changeSeq: 0},
          {channelId: one, changeSeq: 1},
          {channelId: three, changeSeq: 0},
          {channelId: givenUserId('task'), changeSeq: 7},
          {channelId: talk.channelId, changeSeq: 99},
        ],
      });
      expect(parts(answer)).to.deepEqual([
        [two, [], 1, false],
        [one, [2, 3], 3, false],
        [talk.channelId, [], 1, false],
      ]);
      const changed = answer.channels.map(each => each.membersChanged);
      expect(changed).to.deepEqual([false, false, false]);
    });

    it('serves channels in turn, up to the limit', async () => {
      const [one, two, three] = await givenChannels(3, 3, 3);
      let channels = [one, two, three].map(channelId => ({
        ...{channelId, changeSeq: 1},
      }));
      const rounds: unknown[] = [];
      while (channels.length) {
        const answer = await sync(talk.bobId, {channels, limit: 3});
        rounds.push(parts(answer));
        channels = answer.channels
          .filter(({more}) => more)
          .map(({channel, changeSeq}) => ({
            ...{channelId: channel.id, changeSeq},
          }));
      }
      expect(rounds).to.deepEqual([
        [
          [one, [2, 3], 3, false],
          [two, [2], 2, true],
          [three, [], 1, true],
        ],
        [
          [two, [3], 3, false],
          [three, [2, 3], 3, false],
        ],
      ]);
    });

    it('gives members with the first page, of those it reaches', async () => {
      const [one, two] = await givenChannels(2, 2);
      const channels = [one, two].map(channelId => ({
        ...{channelId, changeSeq: 0},
      }));
      const {channels: found} = await sync(talk.bobId, {channels, limit: 2});
      expect(found.map(({members}) => members?.length)).to.deepEqual([
        2,
        undefined,
      ]);
      expect(found.map(({more}) => more)).to.deepEqual([false, true]);
    });

    it('tells how far each member has come, each time', async () => {
      const {channelId} = talk;
      await talk.bob.put(`/channels/${channelId}/cursor`, {readSeq: 1});
      const channels = [{channelId, changeSeq: 1}];
      const {channels: found} = await sync(talk.annId, {channels});
      expect(found[0].membersChanged).to.be.false();
      const bob = found[0].members?.find(({userId}) => userId === talk.bobId);
      expect(bob).to.containEql({receivedSeq: 1, readSeq: 1});
    });

    it('tells of a channel with many members who they are only when that changed', async () => {
      const channels = [{channelId: talk.channelId, changeSeq: 1}];
      const {channels: found} = await withCounts({[talk.channelId]: 101}, () =>
        sync(talk.annId, {channels}),
      );
      expect(found[0]).to.not.have.property('members');
    });

    it('puts off channels with more members than an answer is to have', async () => {
      const [one, two] = await givenChannels(2, 2);
      const answer = await withCounts({[one]: 2621}, () => sync(talk.bobId));
      expect(parts(answer)).to.deepEqual([
        [two, [1, 2], 2, false],
        [one, [], 0, true],
        [talk.channelId, [1], 1, false],
      ]);
    });
  });

  context('when messages are long', () => {
    /** As long in bytes as a text may be. */
    const LONG = '🌍'.repeat(16_384);

    /** Opens channels of Ann's, each of so many long messages. */
    async function givenLong(...sizes: number[]): Promise<string[]> {
      const ids = await givenChannels(...sizes);
      for (const [index, channelId] of ids.entries()) {
        for (let count = 0; count < sizes[index]; count++) {
          await talk.ann.post('/messages', {channelId, body: LONG});
        }
      }
      return ids;
    }

    /** Asks until there is no more, and measures each answer. */
    async function drain(channels: {channelId: string; changeSeq: number}[]) {
      const seqs = new Map<string, number[]>();
      const sizes: number[] = [];
      while (channels.length) {
        const answer = await sync(talk.bobId, {channels});
        sizes.push(Buffer.byteLength(JSON.stringify(answer)));
        for (const {channel, messages} of answer.channels) {
          const known = seqs.get(channel.id) ?? [];
          seqs.set(channel.id, [...known, ...messages.map(({seq}) => seq)]);
        }
        channels = answer.channels
          .filter(({more}) => more)
          .map(({channel, changeSeq}) => ({
            ...{channelId: channel.id, changeSeq},
          }));
      }
      return {seqs, sizes};
    }

    it('answers in parts, and nothing is lost or told twice', async () => {
      const ids = await givenLong(8, 12, 3);
      const asked = ids.map(channelId => ({channelId, changeSeq: 0}));
      const {seqs, sizes} = await drain(asked);
      expect(ids.map(id => seqs.get(id))).to.deepEqual([
        upTo(16),
        upTo(24),
        upTo(6),
      ]);
      expect(Math.max(...sizes)).to.be.below(500_000);
      expect(sizes.length).to.be.within(6, 12);
    });

    it('skips no change of members that comes while it is read', async () => {
      const [channelId] = await givenChannels(10);
      const source = await chat().app.get(
        ChatInternalBindings.ConversationSource,
      );
      const {body: rows} = await talk.ann.get<{id: string}[]>(
        `/channels/${channelId}/messages`,
      );
      const lengthen = async (from: number, to: number) => {
        for (const {id} of rows.slice(from, to)) {
          await talk.ann.patch(`/messages/${id}`, {body: LONG});
        }
      };
      const stub = sinon.stub(source, 'changes').callsFake(async (...args) => {
        stub.restore();
        await lengthen(0, 5);
        const path = `/messages/${rows[0].id}/message-recipients`;
        await talk.ann.post(path, {recipientId: talk.eveId});
        await lengthen(5, 10);
        return source.changes(...args);
      });
      let [changeSeq, isTold, more] = [1, false, true];
      while (more) {
        const asked = {channels: [{channelId, changeSeq}]};
        const [part] = (await sync(talk.bobId, asked)).channels;
        isTold ||= part.membersChanged;
        more = part.more || part.changeSeq < 21;
        ({changeSeq} = part);
      }
      expect(isTold).to.be.true();
    });

    it('bounds the last messages of the channels that are asked for', async () => {
      const ids = await givenLong(...Array<number>(8).fill(1));
      const asked = ids.map(channelId => ({channelId, changeSeq: 2}));
      const {channels} = await sync(talk.bobId, {channels: asked});
      const told = channels.filter(({more}) => !more);
      expect(told.map(({channel}) => channel.id)).to.deepEqual(ids.slice(0, 1));
      for (const {channel} of told) expect(channel.lastMessage).to.be.ok();
      const {seqs, sizes} = await drain(asked);
      expect([...seqs.keys()]).to.deepEqual(ids);
      expect(Math.max(...sizes)).to.be.below(500_000);
    });

    it('lists so many channels at once only as there is room for', async () => {
      const ids = await givenLong(...Array<number>(8).fill(1));
      const found: string[] = [];
      let pageToken = '';
      do {
        const answer = await sync(talk.bobId, {pageToken, limit: 1});
        const size = Buffer.byteLength(JSON.stringify(answer));
        expect(size).to.be.below(500_000);
        found.push(...answer.channels.map(({channel}) => channel.id));
        pageToken = answer.nextPageToken ?? '';
      } while (pageToken);
      expect(found).to.deepEqual([...ids].reverse().concat(talk.channelId));
    });
  });

  it('refuses what is wrong with a request, all at once', async () => {
    const channelId = talk.channelId;
    const cursor = {channelId, changeSeq: 0};
    for (const [path, request] of [
      ['limit', {limit: 201}],
      ['limit', {limit: -1}],
      ['limit', {limit: NaN}],
      ['limit', {limit: 1.5}],
      ['pageToken', {pageToken: 'x'}],
      ['pageToken', {pageToken: 'x', channels: [cursor]}],
      ['channels', {channels: Array(101).fill(cursor)}],
      ['channels', {channels: [cursor, cursor]}],
      ['channels', {channels: {length: 1}}],
      ['channels.0.channelId', {channels: [{changeSeq: 0}]}],
      ['channels.0.channelId', {channels: [{channelId: '', changeSeq: 0}]}],
      ['channels.0.channelId', {channels: [{channelId: 'a\0', changeSeq: 0}]}],
      ['channels.1.changeSeq', {channels: [cursor, {channelId: 'y'}]}],
      ['channels.0.changeSeq', {channels: [{channelId, changeSeq: -1}]}],
      ['channels.0.changeSeq', {channels: [{channelId, changeSeq: 2 ** 31}]}],
      ['channels.0.changeSeq', {channels: [{channelId, changeSeq: NaN}]}],
      ['channels.0.channelId', {channels: [null]}],
    ] as const) {
      const wrong = request as unknown as SyncRequest;
      expect(await rejection(sync(talk.bobId, wrong))).to.containDeep({
        code: 'CHAT_INPUT_INVALID',
        details: [{path}],
      });
    }
  });
});
