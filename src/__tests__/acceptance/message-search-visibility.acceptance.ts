import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {Message} from '../../models';
import {PermissionKey} from '../../permissions';
import type {
  ChannelMemberRepository,
  MessageRepository,
} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {givenConversation, type Conversation} from '../fixtures/conversation';
import {search, textsFound} from '../fixtures/search';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('What a search finds', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  const say = async (body: string) => {
    const {channelId} = talk;
    const answer = await talk.ann.post('/messages', {channelId, body});
    expect(answer.status).to.equal(200);
    return answer.body;
  };

  it('finds the newest first, page after page', async () => {
    const said: string[] = [];
    for (let n = 0; n < 12; n++) said.unshift((await say(`note ${n}`)).body);
    const found: string[] = [];
    let before: string | undefined;
    do {
      const query = {q: 'note', limit: 5, ...(before && {before})};
      const answer = await search(talk.bob, query);
      found.push(...textsFound(answer));
      before = answer.body.nextBefore;
      // One that goes meanwhile takes nothing else along.
      if (before) await talk.ann.delete(`/messages/${before}`);
    } while (before);
    expect(found).to.deepEqual(said);
    const {body: last} = await search(talk.bob, {q: 'note', limit: 10});
    expect(last).to.not.have.property('nextBefore');
  });

  it('finds 20 unless it is told how many', async () => {
    await Promise.all(Array.from({length: 21}, () => say('many')));
    const {body: page} = await search(talk.bob, {q: 'many'});
    expect(page.messages).to.have.length(20);
    expect(page.nextBefore).to.equal(page.messages[19].message.id);
    const {body: all} = await search(talk.bob, {q: 'many', limit: 100});
    expect(all.messages).to.have.length(21);
  });

  it('finds nothing before a message that is not to be seen', async () => {
    const other = await givenConversation(chat());
    await say('secret');
    for (const before of [other.first.id, randomUUID()]) {
      const {status, body} = await search(talk.bob, {q: 'secret', before});
      expect([status, body]).to.deepEqual([200, {messages: []}]);
    }
    const before = (await say('later')).id.toUpperCase();
    const {body} = await search(talk.bob, {q: 'secret', before});
    expect(body.messages).to.have.length(1);
  });

  it('finds what an edit says, and not what it said before', async () => {
    const {id} = await say('before');
    await talk.ann.patch(`/messages/${id}`, {body: 'afterwards'});
    expect(textsFound(await search(talk.bob, {q: 'before'}))).to.be.empty();
    expect(textsFound(await search(talk.bob, {q: 'afterwards'}))).to.eql([
      'afterwards',
    ]);
  });

  it('finds no message that is deleted, and none of the server', async () => {
    const {id} = await say('gone');
    await talk.ann.delete(`/messages/${id}`);
    const messages = await chat().app.get<MessageRepository>(
      'repositories.MessageRepository',
    );
    const [seq, changeSeq] = [1000, 1000];
    const {channelId} = talk;
    await messages.create(
      new Message({
        ...{id: randomUUID(), channelId, channelType: 'task'},
        ...{seq, changeSeq, createdOn: new Date(), modifiedOn: new Date()},
        ...{body: 'ann is gone', kind: 'system'},
      }),
    );
    expect(textsFound(await search(talk.bob, {q: 'gone'}))).to.be.empty();
  });

  context('among the channels of others', () => {
    it('finds those of the caller, or of one channel', async () => {
      const channelId = `${talk.channelId}-2`;
      const place = {channelId, channelType: 'task', toUserId: talk.bobId};
      await talk.ann.post('/messages', {...place, body: 'lunch there'});
      await say('lunch here');
      const all = textsFound(await search(talk.bob, {q: 'lunch'}));
      expect(all).to.eql(['lunch here', 'lunch there']);
      const one = textsFound(await search(talk.bob, {q: 'lunch', channelId}));
      expect(one).to.eql(['lunch there']);
    });

    it('finds nothing for a stranger, who learns no channel either', async () => {
      await say('lunch');
      const {channelId} = talk;
      const places: Record<string, string>[] = [
        {},
        {channelId},
        {channelId: 'x'},
      ];
      for (const query of places) {
        const answer = await search(talk.eve, {q: 'lunch', ...query});
        expect([answer.status, answer.body]).to.eql([200, {messages: []}]);
      }
    });

    it('finds nothing any more after leaving', async () => {
      await say('lunch');
      const {channelId, bobId: userId} = talk;
      const members = await chat().app.get<ChannelMemberRepository>(
        'repositories.ChannelMemberRepository',
      );
      expect(textsFound(await search(talk.bob, {q: 'lunch'}))).to.eql([
        'lunch',
      ]);
      await members.deleteAll({channelId, userId});
      expect(textsFound(await search(talk.bob, {q: 'lunch'}))).to.be.empty();
      const query = {q: 'lunch', channelId};
      expect(textsFound(await search(talk.bob, query))).to.be.empty();
    });

    it('finds all for AdministerChat, which is noted', async () => {
      const word = `w${randomUUID().replaceAll('-', '')}`;
      await say(`only ${word}`);
      const {ViewMessage, AdministerChat} = PermissionKey;
      const admin = await givenCheckedClient(chat(), 'admin', {
        claims: {permissions: [ViewMessage, AdministerChat]},
      });
      expect(textsFound(await search(admin, {q: word}))).to.eql([
        `only ${word}`,
      ]);
      const notes = chat().logger.lines.map(({message}) => message);
      expect(notes).to.containEql('AdministerChat was used');
    });
  });
});
