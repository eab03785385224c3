import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
  type RestRow,
} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

const RECIPIENTS = '/message-recipients';

describeOverStores('Flags of recipients by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  const ofMessage = () => `/messages/${talk.first.id}${RECIPIENTS}`;
  const pathOf = ({id}: RestRow) => `${RECIPIENTS}/${id}`;
  const name = (recipientId: string, flags: object = {}) =>
    talk.ann.post<RestRow>(ofMessage(), {recipientId, ...flags});

  context('when flags are changed', () => {
    let row: RestRow;

    beforeEach(async () => {
      row = (await name(talk.bobId, {isFavorite: true})).body;
    });

    it('changes those said by PATCH', async () => {
      const {status} = await talk.bob.patch(pathOf(row), {isRead: true});
      expect(status).to.equal(204);
      const {body} = await talk.ann.get<RestRow>(pathOf(row));
      expect(body).to.containEql({isRead: true, isFavorite: true});
      expect(body).to.containEql({
        modifiedBy: talk.bobId,
        createdBy: talk.annId,
      });
    });

    it('empties those left out by PUT', async () => {
      const {status} = await talk.bob.put(pathOf(row), {isRead: true});
      expect(status).to.equal(204);
      const {body} = await talk.ann.get<RestRow>(pathOf(row));
      expect(body).to.containEql({isRead: true, isFavorite: false});
    });

    it('takes back the whole row that it gave, and no other identity', async () => {
      expect((await talk.bob.put(pathOf(row), row)).status).to.equal(204);
      for (const [key, value] of [
        ['id', randomUUID()],
        ['messageId', randomUUID()],
        ['channelId', 'x'],
        ['recipientId', talk.annId],
      ]) {
        const change = {...row, [key]: value};
        expectError(await talk.bob.put(pathOf(row), change), 422, key);
        expectError(await talk.bob.patch(pathOf(row), change), 422, key);
      }
      const {body} = await talk.ann.get<RestRow>(pathOf(row));
      expect(body).to.containEql({isFavorite: true, recipientId: talk.bobId});
    });

    it('counts those changed together', async () => {
      await name(talk.annId);
      const where = {channelId: talk.channelId, isRead: false};
      const bulk = asking(RECIPIENTS, {where});
      const counting = asking(`${RECIPIENTS}/count`, {where});
      expect((await talk.bob.get<object>(counting)).body).to.deepEqual({
        count: 2,
      });
      const change = await talk.bob.patch(bulk, {isRead: true});
      expect(change.body).to.deepEqual({count: 1});
      expect((await talk.bob.get<object>(counting)).body).to.deepEqual({
        count: 1,
      });
      const own = await talk.ann.patch(ofMessage(), {isRead: true});
      expect(own.body).to.deepEqual({count: 1});
    });

    it('answers 422 to a change of what only the server or nobody changes', async () => {
      for (const [key, value] of [
        ['recipientId', 'x'],
        ['nope', 1],
        ['isRead', 'yes'],
      ]) {
        const answer = await talk.bob.patch(ofMessage(), {[key]: value});
        expectError(answer, 422, String(key));
      }
    });
  });
});
