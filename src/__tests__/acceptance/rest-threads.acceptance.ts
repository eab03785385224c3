import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, type CheckedClient} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
  type RestRow,
} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Threads by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  const thread = (id = talk.first.id) => `/messages/${id}/messages`;

  async function reply(client: CheckedClient, body: string): Promise<RestRow> {
    return (await client.post<RestRow>(thread(), {body})).body;
  }

  async function bodies(filter: object = {}): Promise<unknown[]> {
    const path = asking(thread(), {filter: {order: ['seq ASC'], ...filter}});
    return (await talk.bob.get<RestRow[]>(path)).body.map(({body}) => body);
  }

  context('when a member replies', () => {
    it('stores a message of the channel under its parent', async () => {
      const {status, body} = await talk.bob.post<RestRow>(thread(), {
        body: 'A',
      });
      expect(status).to.equal(200);
      expect(body).to.containEql({
        parentMessageId: talk.first.id,
        channelId: talk.channelId,
        channelType: 'task',
        createdBy: talk.bobId,
        seq: 2,
      });
      const listed = await talk.ann.get<RestRow[]>(thread());
      expect(listed.body).to.deepEqual([body]);
    });

    it('works between two users just so', async () => {
      const draft = {toUserId: talk.bobId, body: 'Hi'};
      const {body: parent} = await talk.ann.post('/messages', draft);
      for (const fields of [{}, {toUserId: talk.annId}]) {
        const answer = await talk.bob.post<RestRow>(thread(parent.id), {
          body: 'Hi',
          ...fields,
        });
        expect(answer.status).to.equal(200);
        expect(answer.body).to.containEql({channelId: parent.channelId});
      }
    });

    it('answers 422 to another channel or parent than the path’s', async () => {
      const [channelId, body] = [talk.channelId, 'x'];
      const other = await talk.ann.post('/messages', {channelId, body});
      const draft = {body, parentMessageId: other.body.id};
      expectError(await talk.ann.post(thread(), draft), 422, 'parentMessageId');
      const away = {
        body,
        toUserId: talk.eveId,
        channelId: 'other',
        channelType: 'task',
      };
      expectError(await talk.ann.post(thread(), away), 422);
      expect(await bodies()).to.deepEqual([]);
    });

    it('answers 404 to a stranger and to no message', async () => {
      expectError(await talk.eve.post(thread(), {body: 'x'}), 404);
      expectError(await talk.ann.post(thread(randomUUID()), {body: 'x'}), 404);
      expectError(await talk.ann.get(thread('x')), 404);
    });
  });

  context('when the thread has replies of two', () => {
    let ids: string[];

    beforeEach(async () => {
      ids = [];
      for (const [client, body] of [
        [talk.ann, 'A1'],
        [talk.bob, 'B1'],
        [talk.ann, 'A2'],
      ] as const) {
        ids.push((await reply(client, body)).id);
      }
    });

    it('lists them by a filter, and nothing else by any', async () => {
      const {channelId} = talk;
      await talk.ann.post('/messages', {channelId, body: 'Outside'});
      expect(await bodies()).to.deepEqual(['A1', 'B1', 'A2']);
      expect(await bodies({order: ['seq DESC'], limit: 2})).to.deepEqual([
        'A2',
        'B1',
      ]);
      expect(await bodies({offset: 1, limit: 1})).to.deepEqual(['B1']);
      expect(await bodies({where: {createdBy: talk.bobId}})).to.deepEqual([
        'B1',
      ]);
      const anything = {
        or: [{channelId}, {parentMessageId: null}, {seq: {gt: 0}}],
      };
      expect(await bodies({where: anything})).to.deepEqual(['A1', 'B1', 'A2']);
      expect(await bodies({where: {parentMessageId: null}})).to.deepEqual([]);
    });

    it('changes one’s own of those selected', async () => {
      const where = {seq: {gt: 2}};
      const some = asking(thread(), {where});
      const {body} = await talk.ann.patch(some, {body: 'Edited'});
      expect(body).to.deepEqual({count: 1});
      expect(await bodies()).to.deepEqual(['A1', 'B1', 'Edited']);
      const all = await talk.bob.patch(thread(), {body: 'Mine'});
      expect(all.body).to.deepEqual({count: 1});
      expect(await bodies()).to.deepEqual(['A1', 'Mine', 'Edited']);
      expectError(
        await talk.ann.patch(thread(), {parentMessageId: ids[0]}),
        422,
      );
    });

    it('deletes one’s own of those selected, and the parent stays', async () => {
      const some = asking(thread(), {where: {id: ids[0]}});
      expect((await talk.bob.delete(some)).body).to.deepEqual({count: 0});
      expect((await talk.ann.delete(some)).body).to.deepEqual({count: 1});
      expect((await talk.ann.delete(thread())).body).to.deepEqual({count: 1});
      expect(await bodies()).to.deepEqual(['B1']);
      const {status} = await talk.bob.get(`/messages/${talk.first.id}`);
      expect(status).to.equal(200);
    });

    it('is not there without its first message, but its replies are', async () => {
      await talk.ann.delete(`/messages/${talk.first.id}`);
      expectError(await talk.bob.get(thread()), 404);
      expectError(await talk.bob.patch(thread(), {body: 'x'}), 404);
      expectError(await talk.bob.delete(thread()), 404);
      expectError(await talk.bob.post(thread(), {body: 'x'}), 404);
      expect((await talk.bob.get(`/messages/${ids[1]}`)).status).to.equal(200);
      const draft = {channelId: talk.channelId, parentMessageId: talk.first.id};
      const late = await talk.bob.post('/messages', {...draft, body: 'x'});
      expectError(late, 422, 'parentMessageId');
    });
  });
});
