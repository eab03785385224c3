import {expect} from '@loopback/testlab';
import type {ChannelRepository} from '../../repositories';
import {singleChannelId} from '../../services';
import {
  listedChannels,
  memberOf,
  membersOf,
  removeMember,
  sendMany,
  type RestChannel,
  type RestChannelPage,
} from '../fixtures/channels';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const idsOf = (channels: readonly RestChannel[]) => channels.map(({id}) => id);

describeOverStores('Channels by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  async function seenBy({bob, channelId}: Conversation): Promise<RestChannel> {
    return (await bob.get<RestChannel>(`/channels/${channelId}`)).body;
  }

  context('when they are listed', () => {
    it('answers each with its counters, cursors and last message', async () => {
      await sendMany(talk.ann, {channelId: talk.channelId}, 2);
      const {status, body} = await talk.bob.get<RestChannelPage>('/channels');
      expect(status).to.equal(200);
      const [channel, ...others] = body.channels;
      expect(others).to.be.empty();
      expect(body).to.not.have.property('nextPageToken');
      expect(channel).to.containEql({
        id: talk.channelId,
        type: 'task',
        messageSeq: 3,
        changeSeq: 3,
        rosterChangeSeq: 0,
        role: 'member',
        receivedSeq: 0,
        readSeq: 0,
        muted: false,
        pinned: false,
        unread: 3,
      });
      expect(channel.lastMessage).to.containEql({body: 'Message 2', seq: 3});
      expect(channel.activeOn).to.equal(channel.lastMessage?.createdOn);
      expect(await seenBy(talk)).to.deepEqual(channel);
    });

    it('answers none to who has none', async () => {
      const {body} = await talk.eve.get<RestChannelPage>('/channels');
      expect(body).to.deepEqual({channels: []});
    });

    it('puts the newest activity first, of every kind of channel', async () => {
      await talk.ann.post('/messages', {toUserId: talk.bobId, body: 'Hi'});
      const single = singleChannelId(talk.annId, talk.bobId);
      expect(idsOf(await listedChannels(talk.bob))).to.deepEqual([
        single,
        talk.channelId,
      ]);
      await sendMany(talk.bob, {channelId: talk.channelId}, 1);
      expect(idsOf(await listedChannels(talk.bob))).to.deepEqual([
        talk.channelId,
        single,
      ]);
    });

    it('gives every channel once, whatever the size of a page', async () => {
      const annId = givenUserId('ann');
      const ann = await givenCheckedClient(chat(), annId);
      const ids: string[] = [];
      for (let index = 0; index < 7; index++) {
        const channelId = givenUserId('task');
        ids.unshift(channelId);
        await ann.post('/messages', {
          ...{channelId, channelType: 'task', body: 'x'},
        });
      }
      // Three of the same instant, which then go by their ids.
      const channels = await chat().app.get<ChannelRepository>(
        'repositories.ChannelRepository',
      );
      const same = ids.slice(2, 5);
      const activeOn = new Date('2026-01-31T12:00:00.123Z');
      await channels.updateAll({activeOn}, {id: {inq: same}});
      const whole = idsOf(await listedChannels(ann));
      expect(whole.slice(0, 4)).to.deepEqual([
        ...ids.slice(0, 2),
        ...ids.slice(5),
      ]);
      expect([...whole].sort()).to.deepEqual([...ids].sort());
      for (const limit of [1, 2, 3, 7]) {
        expect(idsOf(await listedChannels(ann, limit))).to.deepEqual(whole);
      }
    });

    it('leaves out what is deleted or no longer theirs', async () => {
      const other = await givenConversation(chat());
      await membersOf(chat()).then(members =>
        members.updateAll({userId: talk.bobId}, {userId: other.bobId}),
      );
      expect(await listedChannels(talk.bob)).to.have.length(2);
      await removeMember(chat(), talk.channelId, talk.bobId);
      expect(idsOf(await listedChannels(talk.bob))).to.deepEqual([
        other.channelId,
      ]);
      const channels = await chat().app.get<ChannelRepository>(
        'repositories.ChannelRepository',
      );
      await channels.updateById(other.channelId, {deleted: true});
      expect(await listedChannels(talk.bob)).to.be.empty();
      expectError(await talk.bob.get(`/channels/${other.channelId}`), 404);
    });

    it('goes by when a channel was made where nothing tells its activity', async () => {
      const channels = await chat().app.get<ChannelRepository>(
        'repositories.ChannelRepository',
      );
      const none = {activeOn: null} as unknown as {activeOn: undefined};
      await channels.updateById(talk.channelId, none);
      const {createdOn} = await channels.findById(talk.channelId);
      const [channel] = await listedChannels(talk.bob);
      expect(channel.activeOn).to.equal(createdOn?.toISOString());
    });
  });

  context('when the unread are counted', () => {
    it('counts those of others after what was read', async () => {
      await sendMany(talk.ann, {channelId: talk.channelId}, 4);
      await sendMany(talk.bob, {channelId: talk.channelId}, 3);
      expect((await seenBy(talk)).unread).to.equal(5);
      await talk.bob.put(`/channels/${talk.channelId}/cursor`, {readSeq: 3});
      expect((await seenBy(talk)).unread).to.equal(2);
      await talk.bob.put(`/channels/${talk.channelId}/cursor`, {readSeq: 8});
      expect(await seenBy(talk)).to.containEql({unread: 0, readSeq: 8});
      const own = await talk.ann.get<RestChannel>(
        `/channels/${talk.channelId}`,
      );
      expect(own.body.unread).to.equal(3);
    });

    it('does not count what is deleted, nor show it as the last', async () => {
      const [, second] = await sendMany(
        talk.ann,
        {channelId: talk.channelId},
        2,
      );
      await talk.ann.delete(`/messages/${second.id}`);
      const channel = await seenBy(talk);
      expect(channel.unread).to.equal(2);
      expect(channel.lastMessage).to.containEql({body: 'Message 1', seq: 2});
      expect(channel.messageSeq).to.equal(3);
    });

    it('shows no last message where all are deleted', async () => {
      await talk.ann.delete(`/messages/${talk.first.id}`);
      const channel = await seenBy(talk);
      expect(channel).to.not.have.property('lastMessage');
      expect(channel.unread).to.equal(0);
    });
  });

  it('tells a member what is their own only', async () => {
    const member = await memberOf(chat(), talk.channelId, talk.bobId);
    await membersOf(chat()).then(members =>
      members.updateById(String(member?.id), {
        ...{muted: true, pinned: true},
        role: 'admin',
      }),
    );
    const flags = {muted: true, pinned: true, role: 'admin'};
    expect(await seenBy(talk)).to.containEql(flags);
    const {body} = await talk.ann.get<RestChannel>(
      `/channels/${talk.channelId}`,
    );
    expect(body).to.containEql({muted: false, pinned: false, role: 'member'});
  });

  it('knows the channel of two users in either case of its id', async () => {
    await talk.ann.post('/messages', {toUserId: talk.bobId, body: 'Hi'});
    const id = singleChannelId(talk.annId, talk.bobId).toUpperCase();
    for (const path of ['', '/messages', '/changes', '/cursor']) {
      const {status} = await talk.bob.get(`/channels/${id}${path}`);
      expect(status).to.equal(200);
    }
    const cursor = await talk.bob.put(`/channels/${id}/cursor`, {readSeq: 1});
    expect(cursor.body).to.deepEqual({receivedSeq: 1, readSeq: 1});
  });

  context('when somebody else asks', () => {
    const PATHS = ['', '/messages', '/changes', '/cursor'];

    it('answers 404 to a stranger and a former member, like to what is not there', async () => {
      await removeMember(chat(), talk.channelId, talk.bobId);
      const answers = new Set<string>();
      for (const path of PATHS) {
        for (const [http, id] of [
          [talk.eve, talk.channelId],
          [talk.bob, talk.channelId],
          [talk.ann, givenUserId('task')],
          [talk.ann, '%20'],
          [talk.ann, 'x'.repeat(65)],
          [talk.ann, '%00'],
          [talk.ann, '%F0%9F%98%80'],
        ] as const) {
          const answer = await http.get<unknown>(`/channels/${id}${path}`);
          expectError(answer, 404);
          answers.add(answer.text);
        }
      }
      expect(answers.size).to.equal(1);
    });

    it('lets support read any channel, and says so', async () => {
      const claims = {permissions: ['ViewMessage', 'AdministerChat']};
      const suId = givenUserId('su');
      const support = await givenCheckedClient(chat(), suId, {claims});
      for (const path of PATHS) {
        const {status} = await support.get(
          `/channels/${talk.channelId}${path}`,
        );
        expect(status).to.equal(200);
      }
      const {body} = await support.get<RestChannel>(
        `/channels/${talk.channelId}`,
      );
      expect(body).to.containEql({unread: 0, readSeq: 0, messageSeq: 1});
      expect(body).to.not.have.property('role');
      expect(await listedChannels(support)).to.be.empty();
      const path = `/channels/${talk.channelId}/cursor`;
      expectError(await support.put(path, {readSeq: 1}), 404);
      const lines = chat().logger.lines.filter(line =>
        JSON.stringify(line).includes(suId),
      );
      expect(lines).to.have.length(5);
    });
  });
});
