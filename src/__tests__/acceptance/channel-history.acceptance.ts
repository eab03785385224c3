import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {MessageReactionRepository} from '../../repositories';
import {sendMany, type RestChannelMessage} from '../fixtures/channels';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenConversation, type Conversation} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('History of a channel by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  before('write ten messages, of which the fifth is deleted', async () => {
    talk = await givenConversation(chat());
    const sent = await sendMany(talk.ann, {channelId: talk.channelId}, 9);
    await talk.ann.delete(`/messages/${sent[3].id}`);
  });

  async function read(query: string): Promise<RestChannelMessage[]> {
    const path = `/channels/${talk.channelId}/messages?${query}`;
    const {body} = await talk.bob.get<RestChannelMessage[]>(path);
    return body;
  }

  const seqs = async (query: string) => (await read(query)).map(({seq}) => seq);

  it('gives the newest, in their order', async () => {
    expect(await seqs('')).to.deepEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
    expect(await seqs('limit=3')).to.deepEqual([8, 9, 10]);
  });

  it('gives the nearest before a message', async () => {
    expect(await seqs('before=8&limit=3')).to.deepEqual([4, 6, 7]);
    expect(await seqs('before=4&limit=100')).to.deepEqual([1, 2, 3]);
    expect(await seqs('before=1')).to.deepEqual([]);
    expect(await seqs('before=0')).to.deepEqual([]);
    expect(await seqs('before=2147483647&limit=1')).to.deepEqual([10]);
  });

  it('gives the nearest after a message', async () => {
    expect(await seqs('after=3&limit=3')).to.deepEqual([4, 6, 7]);
    expect(await seqs('after=8')).to.deepEqual([9, 10]);
    expect(await seqs('after=0&limit=1')).to.deepEqual([1]);
    expect(await seqs('after=10')).to.deepEqual([]);
  });

  it('gives those between two messages, from the older on', async () => {
    expect(await seqs('after=2&before=8')).to.deepEqual([3, 4, 6, 7]);
    expect(await seqs('after=2&before=8&limit=2')).to.deepEqual([3, 4]);
    expect(await seqs('after=8&before=2')).to.deepEqual([]);
  });

  it('can be walked both ways to its end', async () => {
    const down: number[] = [];
    for (let page = await seqs('limit=2'); page.length;) {
      down.unshift(...page);
      page = await seqs(`limit=2&before=${page[0]}`);
    }
    const up: number[] = [];
    for (let page = await seqs('limit=2&after=0'); page.length;) {
      up.push(...page);
      page = await seqs(`limit=2&after=${page[page.length - 1]}`);
    }
    expect(down).to.deepEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
    expect(up).to.deepEqual(down);
  });

  it('gives each message as it is read by its id, with its reactions', async () => {
    const reactions = await chat().app.get<MessageReactionRepository>(
      'repositories.MessageReactionRepository',
    );
    const reacted = ['👍', '❤️', '👍'].map((emoji, index) => ({
      id: randomUUID(),
      messageId: talk.first.id,
      channelId: talk.channelId,
      userId: givenUserId('u'),
      emoji,
      createdOn: new Date(Date.UTC(2026, 0, 1 + index)),
    }));
    for (const row of reacted) await reactions.create(row);
    const [first, second] = await read('after=0&limit=2');
    const [one, two, three] = reacted.map(({userId}) => userId);
    expect(first.reactions).to.deepEqual([
      {emoji: '👍', userIds: [one, three]},
      {emoji: '❤️', userIds: [two]},
    ]);
    expect(second.reactions).to.deepEqual([]);
    const {body} = await talk.bob.get(`/messages/${first.id}`);
    expect({...body, reactions: first.reactions}).to.deepEqual(first);
  });
});
