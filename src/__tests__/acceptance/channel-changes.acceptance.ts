import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatInternalBindings} from '../../keys';
import type {MessageRepository} from '../../repositories';
import {
  changePages,
  removeMember,
  sendMany,
  type RestChanges,
} from '../fixtures/channels';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
} from '../fixtures/conversation';
import {upTo} from '../fixtures/message-log';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Changes of a channel by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  async function changes(query = '', http = talk.bob): Promise<RestChanges> {
    const path = `/channels/${talk.channelId}/changes${query}`;
    return (await http.get<RestChanges>(path)).body;
  }

  /** Changes a message as an edit or a deletion does. */
  async function rewrite(id: string, properties: object): Promise<number> {
    const {app} = chat();
    const ledger = await app.get(ChatInternalBindings.ChannelLedger);
    const written = await app.get(ChatInternalBindings.MessageChanges);
    return ledger.change([talk.channelId], async change => {
      const changeSeq = change.nextChange(talk.channelId);
      await written.write(change, [{id, changeSeq}], {...properties});
      return changeSeq;
    });
  }

  const seqsOf = ({messages}: RestChanges) => messages.map(({seq}) => seq);

  it('answers all to who knows nothing', async () => {
    await sendMany(talk.ann, {channelId: talk.channelId}, 2);
    const body = await changes();
    expect(seqsOf(body)).to.deepEqual([1, 2, 3]);
    expect(body).to.containEql({
      changeSeq: 3,
      more: false,
      membersChanged: true,
    });
    const cursor = {role: 'member', receivedSeq: 0, readSeq: 0};
    expect(body.members).to.deepEqual(
      [talk.annId, talk.bobId].map(userId => ({userId, ...cursor})),
    );
    const channel = await talk.bob.get(`/channels/${talk.channelId}`);
    expect(body.channel).to.deepEqual(channel.body);
  });

  it('answers nothing to who knows all, and the channel as it is', async () => {
    const body = await changes('?since=1');
    expect(body.messages).to.be.empty();
    expect(body).to.containEql({
      changeSeq: 1,
      more: false,
      membersChanged: false,
    });
    expect(body.members).to.have.length(2);
    expect(body.channel.unread).to.equal(1);
  });

  it('gives a cursor of its own to one that is ahead', async () => {
    const body = await changes('?since=2147483647');
    expect(body).to.containEql({changeSeq: 1, more: false, messages: []});
  });

  it('pages by the order of changes', async () => {
    const sent = await sendMany(talk.ann, {channelId: talk.channelId}, 6);
    await rewrite(sent[0].id, {body: 'Edited'});
    const pages = await changePages(talk.bob, talk.channelId, {limit: 3});
    expect(pages.map(seqsOf)).to.deepEqual([[1, 3, 4], [5, 6, 7], [2]]);
    expect(pages.map(page => page.changeSeq)).to.deepEqual([4, 7, 8]);
    expect(pages.map(({more}) => more)).to.deepEqual([true, true, false]);
    expect(pages[2].messages[0]).to.containEql({body: 'Edited', changeSeq: 8});
    expect(pages.map(page => page.membersChanged)).to.deepEqual([
      true,
      false,
      false,
    ]);
  });

  it('ends with the last page, also where it is full', async () => {
    await sendMany(talk.ann, {channelId: talk.channelId}, 3);
    const pages = await changePages(talk.bob, talk.channelId, {limit: 2});
    expect(pages.map(seqsOf)).to.deepEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('tells of a deleted message that it was there, not what it said', async () => {
    const [secret] = await sendMany(
      talk.ann,
      {channelId: talk.channelId, body: 'Secret', subject: 'S', ext: 'E'},
      1,
    );
    // As the ancestor deletes, which leaves all of it in the row.
    const deletedBy = talk.annId;
    await rewrite(secret.id, {
      deleted: true,
      deletedBy,
      deletedOn: new Date(),
      mentions: [talk.bobId],
    });
    const {messages} = await changes('?since=2');
    expect(messages).to.have.length(1);
    const [tombstone] = messages;
    expect(tombstone).to.containEql({
      id: secret.id,
      seq: 2,
      changeSeq: 3,
      body: '',
      deleted: true,
      deletedBy,
      reactions: [],
    });
    for (const name of ['subject', 'ext', 'mentions', 'forwardedFrom']) {
      expect(tombstone).to.not.have.property(name);
    }
    const history = await talk.bob.get<object[]>(
      `/channels/${talk.channelId}/messages`,
    );
    expect(history.body).to.have.length(1);
  });

  it('tells who the members are once they have changed', async () => {
    await sendMany(talk.ann, {channelId: talk.channelId}, 1);
    const cidId = givenUserId('cid');
    const draft = {channelId: talk.channelId, toUserId: cidId, body: 'x'};
    await talk.ann.post('/messages', draft);
    await sendMany(talk.ann, {channelId: talk.channelId}, 1);
    const body = await changes('?since=2');
    expect(body.channel.rosterChangeSeq).to.equal(3);
    expect(body).to.containEql({membersChanged: true, changeSeq: 5});
    expect(body.members?.map(({userId}) => userId)).to.deepEqual(
      [talk.annId, talk.bobId, cidId].sort(),
    );
    expect(await changes('?since=3')).to.containEql({membersChanged: false});
    // Once in all pages after the first, with the change that it was.
    const pages = await changePages(talk.bob, talk.channelId, {limit: 1});
    expect(pages.map(page => page.changeSeq)).to.deepEqual([1, 2, 4, 5]);
    expect(pages.map(page => page.membersChanged)).to.deepEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('gives members only, where nothing else is new', async () => {
    const cidId = givenUserId('cid');
    await talk.ann.post(`/messages/${talk.first.id}/message-recipients`, {
      recipientId: cidId,
    });
    const body = await changes('?since=1&limit=1');
    expect(body).to.containEql({messages: [], changeSeq: 2, more: false});
    expect(body.members).to.have.length(3);
    const cid = await givenCheckedClient(chat(), cidId);
    expect(seqsOf(await changes('', cid))).to.deepEqual([1]);
  });

  it('loses nothing while fifty write and a reader pages', async () => {
    const messages = await chat().app.get<MessageRepository>(
      'repositories.MessageRepository',
    );
    const senders = upTo(50).map(async index => {
      const http = index % 2 ? talk.ann : talk.bob;
      const [sent] = await sendMany(http, {channelId: talk.channelId}, 1);
      if (index % 5 === 0) await rewrite(sent.id, {body: `Edited ${index}`});
      if (index % 10 === 3) {
        await talk.ann.post('/messages', {
          ...{channelId: talk.channelId, body: 'Come in'},
          toUserId: givenUserId('new'),
        });
      }
    });
    let isWriting = true;
    const written = Promise.all(senders).finally(() => (isWriting = false));
    const known = new Map<string, {changeSeq: number; body: string}>();
    let members: string[] = [];
    let since = 0;
    let isLast = false;
    while (!isLast) {
      // One round more, once all is written.
      isLast = !isWriting;
      const pages = await changePages(talk.bob, talk.channelId, {
        ...{since, limit: 7},
      });
      for (const page of pages) {
        for (const {id, changeSeq, body} of page.messages) {
          expect(changeSeq).to.be.above(since);
          // What comes while a page is read may come again with the next one.
          const before = known.get(id)?.changeSeq ?? 0;
          expect(changeSeq).to.be.aboveOrEqual(before);
          known.set(id, {changeSeq, body});
        }
        if (page.members) members = page.members.map(({userId}) => userId);
        expect(page.changeSeq).to.be.aboveOrEqual(since);
        since = page.changeSeq;
      }
    }
    await written;
    const stored = await messages.find({
      where: {channelId: talk.channelId},
      order: ['seq ASC'],
    });
    expect(stored.map(({seq}) => seq)).to.deepEqual(upTo(56));
    expect([...known].sort()).to.deepEqual(
      stored.map(({id, changeSeq, body}) => [id, {changeSeq, body}]).sort(),
    );
    const {body} = await talk.bob.get<{userId: string}[]>(
      `/channels/${talk.channelId}/cursor`,
    );
    expect(members).to.have.length(7);
    expect(members).to.deepEqual(body.map(({userId}) => userId));
  });

  it('gives nothing more to one who is removed while it reads', async () => {
    const source = await chat().app.get(
      ChatInternalBindings.ConversationSource,
    );
    const read = source.channelsAmong.bind(source);
    source.channelsAmong = async (reader, ids) => {
      const views = await read(reader, ids);
      await removeMember(chat(), talk.channelId, talk.bobId);
      await sendMany(talk.ann, {channelId: talk.channelId}, 1);
      return views;
    };
    try {
      const path = `/channels/${talk.channelId}/changes`;
      expectError(await talk.bob.get<unknown>(path), 404);
    } finally {
      source.channelsAmong = read;
    }
  });

  it('does not take a message written as it reads for known', async () => {
    const source = await chat().app.get(
      ChatInternalBindings.ConversationSource,
    );
    const read = source.channelsAmong.bind(source);
    const cidId = givenUserId('cid');
    source.channelsAmong = async (reader, ids) => {
      source.channelsAmong = read;
      const views = await read(reader, ids);
      const {channelId} = talk;
      await rewrite(talk.first.id, {body: 'Edited meanwhile'});
      const draft = {channelId, body: 'New', toUserId: cidId};
      await talk.ann.post('/messages', {...draft, id: randomUUID()});
      return views;
    };
    const body = await changes('?limit=1');
    expect(body.changeSeq).to.equal(1);
    expect(body.messages[0]).to.containEql({
      body: 'Edited meanwhile',
      changeSeq: 2,
    });
    const rest = await changes('?since=1');
    expect(seqsOf(rest)).to.deepEqual([1, 2]);
    expect(rest).to.containEql({changeSeq: 4, membersChanged: true});
  });
});
