import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {MessageRecipientRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, givenCheckedClient} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
  type RestRow,
} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const RECIPIENTS = '/message-recipients';
const NO_FLAGS = {isRead: false, isFavorite: false, isForwarded: false};

describeOverStores('Recipients by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  const ofMessage = () => `/messages/${talk.first.id}${RECIPIENTS}`;
  const pathOf = ({id}: RestRow) => `${RECIPIENTS}/${id}`;
  const name = (recipientId: string, flags: object = {}) =>
    talk.ann.post<RestRow>(ofMessage(), {recipientId, ...flags});

  async function listed(): Promise<RestRow[]> {
    return (await talk.ann.get<RestRow[]>(ofMessage())).body;
  }

  async function inTable(id: string) {
    const repository = await chat().app.get<MessageRecipientRepository>(
      'repositories.MessageRecipientRepository',
    );
    return repository.findById(id);
  }

  context('when one is named', () => {
    it('answers the row as it is read afterwards', async () => {
      const {status, body} = await name(talk.bobId, {isFavorite: true});
      expect(status).to.equal(200);
      expect(body).to.containEql({
        ...NO_FLAGS,
        isFavorite: true,
        messageId: talk.first.id,
        channelId: talk.channelId,
        recipientId: talk.bobId,
        createdBy: talk.annId,
        modifiedBy: talk.annId,
        deleted: false,
      });
      expect((await talk.bob.get<RestRow>(pathOf(body))).body).to.deepEqual(
        body,
      );
      expect(await listed()).to.deepEqual([body]);
    });

    it('notes who forwards, whatever the client says', async () => {
      const flags = {isForwarded: true, forwardedBy: talk.eveId};
      const {body} = await name(talk.bobId, flags);
      expect(body.forwardedBy).to.equal(talk.annId);
      await talk.bob.patch(pathOf(body), {isForwarded: true, forwardedBy: 'x'});
      const one = await talk.bob.get<RestRow>(pathOf(body));
      expect(one.body.forwardedBy).to.equal(talk.bobId);
      await talk.bob.patch(pathOf(body), {isForwarded: false});
      const other = await talk.bob.get<RestRow>(pathOf(body));
      expect(other.body).to.not.have.property('forwardedBy');
    });

    it('answers 409 the second time', async () => {
      await name(talk.bobId, {isFavorite: true});
      expectError(await name(talk.bobId), 409);
      expect(await listed()).to.containDeep([{isFavorite: true}]);
    });

    it('makes one row of twenty at once', async () => {
      const answers = await Promise.all(
        Array.from({length: 20}, () => name(talk.bobId)),
      );
      const statuses = answers.map(({status}) => status).sort();
      expect(statuses).to.deepEqual([200, ...Array(19).fill(409)]);
      expect(await listed()).to.have.length(1);
    });

    it('lets a member name oneself, and nobody else', async () => {
      const draft = {messageId: talk.first.id, recipientId: talk.bobId};
      const own = await talk.bob.post<RestRow>(RECIPIENTS, draft);
      expect(own.status).to.equal(200);
      const other = {...draft, recipientId: talk.annId};
      expectError(await talk.bob.post(RECIPIENTS, other), 403);
      expectError(await talk.eve.post(RECIPIENTS, draft), 404);
      const self = {...draft, recipientId: talk.eveId};
      expectError(await talk.eve.post(RECIPIENTS, self), 404);
    });

    it('makes the user a member of a channel of the host', async () => {
      expectError(await talk.eve.get(`/messages/${talk.first.id}`), 404);
      expect((await name(talk.eveId)).status).to.equal(200);
      const {status} = await talk.eve.get(`/messages/${talk.first.id}`);
      expect(status).to.equal(200);
    });

    it('lets nobody into the channel of two users', async () => {
      const draft = {toUserId: talk.bobId, body: 'Between us'};
      const {body} = await talk.ann.post('/messages', draft);
      const path = `/messages/${body.id}${RECIPIENTS}`;
      const refused = await talk.ann.post(path, {recipientId: talk.eveId});
      expectError(refused, 422, 'recipientId');
      expectError(await talk.eve.get(`/messages/${body.id}`), 404);
      const right = await talk.ann.post(path, {recipientId: talk.bobId});
      expect(right.status).to.equal(200);
    });

    it('answers 422 to ids that contradict', async () => {
      const recipientId = talk.bobId;
      for (const [path, draft] of [
        ['messageId', {recipientId, messageId: randomUUID()}],
        ['channelId', {recipientId, channelId: 'other'}],
        ['recipientId', {recipientId: ''}],
        ['recipientId', {recipientId: 'x'.repeat(65)}],
        ['recipientId', {}],
        ['createdBy', {recipientId, createdBy: 'x'}],
      ] as const) {
        expectError(await talk.ann.post(ofMessage(), draft), 422, path);
      }
      expectError(
        await talk.ann.post(RECIPIENTS, {recipientId}),
        422,
        'messageId',
      );
      const unknown = {recipientId, messageId: randomUUID()};
      expectError(await talk.ann.post(RECIPIENTS, unknown), 404);
      expect(await listed()).to.deepEqual([]);
    });
  });

  context('when one is deleted', () => {
    it('is gone, and stays in the table', async () => {
      const {body: row} = await name(talk.bobId);
      expect((await talk.ann.delete(pathOf(row))).status).to.equal(204);
      for (const client of [talk.ann, talk.bob]) {
        expectError(await client.get(pathOf(row)), 404);
        expectError(await client.get(`${pathOf(row)}/message`), 404);
        expectError(await client.patch(pathOf(row), {isRead: true}), 404);
        expectError(await client.delete(pathOf(row)), 404);
      }
      expect(await listed()).to.deepEqual([]);
      const stored = await inTable(row.id);
      expect(stored).to.containDeep({deleted: true, deletedBy: talk.annId});
      expect(stored.deletedOn).to.be.instanceOf(Date);
    });

    it('can be named again, with nothing left but that it was read', async () => {
      const {body: row} = await name(talk.bobId, {isFavorite: true});
      await talk.bob.patch(pathOf(row), {isRead: true, isForwarded: true});
      await talk.ann.delete(pathOf(row));
      const again = await name(talk.bobId);
      expect(again.status).to.equal(200);
      const flags = {...NO_FLAGS, isRead: true};
      expect(again.body).to.containEql({...flags, deleted: false});
      const {body} = await talk.bob.get<RestRow>(pathOf(again.body));
      expect(body).to.deepEqual(again.body);
      for (const left of ['deletedBy', 'deletedOn', 'forwardedBy']) {
        expect(body).to.not.have.property(left);
      }
    });

    it('is the message’s sender who deletes it, also one self-made', async () => {
      const draft = {messageId: talk.first.id, recipientId: talk.bobId};
      const {body: row} = await talk.bob.post<RestRow>(RECIPIENTS, draft);
      expectError(await talk.bob.delete(pathOf(row)), 403);
      expect((await talk.ann.delete(pathOf(row))).status).to.equal(204);
    });

    it('is counted where many are deleted, by a condition', async () => {
      for (const id of [talk.annId, talk.bobId, givenUserId('cid')]) {
        await name(id);
      }
      const where = {recipientId: talk.bobId};
      const one = await talk.ann.delete(asking(ofMessage(), {where}));
      expect(one.body).to.deepEqual({count: 1});
      expect((await talk.ann.delete(ofMessage())).body).to.deepEqual({
        count: 2,
      });
      expect(await listed()).to.deepEqual([]);
    });
  });

  it('gives the message of a recipient until it is deleted', async () => {
    const {body: row} = await name(talk.bobId);
    const path = `${pathOf(row)}/message`;
    const {body} = await talk.bob.get<RestRow>(path);
    expect(body).to.deepEqual(
      (await talk.bob.get(`/messages/${body.id}`)).body,
    );
    await talk.ann.delete(`/messages/${talk.first.id}`);
    expectError(await talk.bob.get(path), 404);
    expectError(await name(talk.annId), 404);
  });

  it('lets support name one of any message', async () => {
    const claims = {permissions: ['CreateMessageRecipient', 'AdministerChat']};
    const support = await givenCheckedClient(chat(), givenUserId('su'), {
      claims,
    });
    const draft = {messageId: talk.first.id, recipientId: talk.bobId};
    expect((await support.post(RECIPIENTS, draft)).status).to.equal(200);
  });
});
