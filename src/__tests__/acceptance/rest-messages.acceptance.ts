import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {MessageRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
  type RestRow,
} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

/** What only the server sets; a client that says it is not heard. */
const SERVER_SET = {
  createdBy: 'eve',
  createdOn: '2001-01-01T00:00:00.000Z',
  modifiedBy: 'eve',
  modifiedOn: '2001-01-01T00:00:00.000Z',
  deleted: true,
  deletedBy: 'eve',
  deletedOn: '2001-01-01T00:00:00.000Z',
  seq: 99,
  changeSeq: 99,
  editedOn: '2001-01-01T00:00:00.000Z',
};

describeOverStores('Messages by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  const path = () => `/messages/${talk.first.id}`;

  async function send(fields: object = {}): Promise<RestRow> {
    const draft = {channelId: talk.channelId, body: 'Next', ...fields};
    return (await talk.ann.post<RestRow>('/messages', draft)).body;
  }

  async function read(): Promise<RestRow> {
    return (await talk.bob.get<RestRow>(path())).body;
  }

  async function ids(query: object = {}): Promise<string[]> {
    const where = {channelId: talk.channelId};
    const filter = {where, order: ['seq ASC'], ...query};
    const answer = await talk.bob.get<RestRow[]>(asking('/messages', {filter}));
    return answer.body.map(({id}) => id);
  }

  context('when one is changed in part', () => {
    it('changes what is said, and notes who and when', async () => {
      const before = await read();
      const {status, text} = await talk.ann.patch(path(), {body: 'Edited'});
      expect([status, text]).to.deepEqual([204, '']);
      const {editedOn, modifiedOn, changeSeq, ...rest} = await read();
      const {modifiedOn: was, changeSeq: wasSeq, ...others} = before;
      expect(rest).to.deepEqual({...others, body: 'Edited'});
      expect(String(editedOn) >= String(was)).to.be.true();
      expect(String(modifiedOn) >= String(was)).to.be.true();
      expect(changeSeq).to.be.aboveOrEqual(Number(wasSeq));
    });

    it('does not hear what only the server sets', async () => {
      const before = await read();
      const change = {...SERVER_SET, subject: 'S'};
      expect((await talk.ann.patch(path(), change)).status).to.equal(204);
      const {modifiedOn, ...after} = await read();
      const {modifiedOn: was, changeSeq, ...rest} = before;
      expect(after).to.containEql({...rest, subject: 'S'});
      expect(after).to.not.have.property('deletedOn');
      expect(after).to.not.have.property('editedOn');
      expect(after.changeSeq).to.not.equal(SERVER_SET.changeSeq);
      expect(changeSeq).to.be.belowOrEqual(Number(after.changeSeq));
      expect(String(modifiedOn) >= String(was)).to.be.true();
    });

    for (const [name, value] of [
      ['id', randomUUID()],
      ['channelId', 'other'],
      ['channelType', 'other'],
      ['toUserId', 'other'],
      ['parentMessageId', randomUUID()],
    ]) {
      it(`answers 422 to another ${name}, by PATCH and by PUT`, async () => {
        const before = await read();
        const change = {body: 'Moved', [name]: value};
        expectError(await talk.ann.patch(path(), change), 422, name);
        expectError(await talk.ann.put(path(), change), 422, name);
        expect(await read()).to.deepEqual(before);
      });
    }
  });

  context('when one is replaced', () => {
    it('empties what is left out', async () => {
      const full = {subject: 'S', ext: '{}', status: 5, body: 'Full'};
      await talk.ann.patch(path(), full);
      expect(await read()).to.containEql(full);
      expect((await talk.ann.put(path(), {body: 'Bare'})).status).to.equal(204);
      const row = await read();
      expect(row).to.containEql({body: 'Bare', status: 0, id: talk.first.id});
      expect(row).to.not.have.property('subject');
      expect(row).to.not.have.property('ext');
    });

    it('takes back the whole row that it gave', async () => {
      const before = await read();
      const {status} = await talk.ann.put(path(), {...before, body: 'Edited'});
      expect(status).to.equal(204);
      expect(await read()).to.containEql({
        body: 'Edited',
        channelId: talk.channelId,
        toUserId: talk.bobId,
        createdOn: before.createdOn,
      });
    });

    it('answers 422 to one without a body, and changes nothing', async () => {
      const before = await read();
      expectError(await talk.ann.put(path(), {subject: 'S'}), 422, 'body');
      expect(await read()).to.deepEqual(before);
    });
  });

  context('when one is deleted', () => {
    beforeEach(async () => {
      await talk.ann.patch(path(), {body: 'Secret', subject: 'S', ext: 'E'});
      const {status, text} = await talk.ann.delete(path());
      expect([status, text]).to.deepEqual([204, '']);
    });

    it('is gone for everybody', async () => {
      const counting = asking('/messages/count', {
        where: {channelId: talk.channelId},
      });
      for (const client of [talk.ann, talk.bob]) {
        expectError(await client.get(path()), 404);
        expectError(await client.patch(path(), {body: 'x'}), 404);
        expectError(await client.put(path(), {body: 'x'}), 404);
        expectError(await client.delete(path()), 404);
        expectError(await client.get(`${path()}/messages`), 404);
        expect((await client.get<object>(counting)).body).to.deepEqual({
          count: 0,
        });
      }
      expect(await ids()).to.deepEqual([]);
      const bulk = asking('/messages', {where: {channelId: talk.channelId}});
      const {body} = await talk.ann.patch(bulk, {body: 'x'});
      expect(body).to.deepEqual({count: 0});
    });

    it('stays in the table without what it said', async () => {
      const messages = await chat().app.get<MessageRepository>(
        'repositories.MessageRepository',
      );
      const row = await messages.findById(talk.first.id);
      expect(row).to.containDeep({
        body: '',
        deleted: true,
        deletedBy: talk.annId,
      });
      expect(row.deletedOn).to.be.instanceOf(Date);
      expect(row.subject ?? null).to.be.null();
      expect(row.ext ?? null).to.be.null();
    });

    it('keeps its number', async () => {
      expect(await send()).to.containEql({seq: 2});
    });
  });

  it('is deleted once by many at once', async () => {
    const answers = await Promise.all(
      Array.from({length: 10}, () => talk.ann.delete(path())),
    );
    const statuses = answers.map(({status}) => status).sort();
    expect(statuses).to.deepEqual([204, ...Array(9).fill(404)]);
  });

  context('when many are changed', () => {
    it('changes the caller’s own of those selected, and counts them', async () => {
      const mine = await send({status: 1});
      const other = await send({status: 2});
      const draft = {channelId: talk.channelId, body: 'Bob’s', status: 1};
      const bobs = (await talk.bob.post<RestRow>('/messages', draft)).body;
      const where = {channelId: talk.channelId, status: 1};
      const {status, body} = await talk.ann.patch(
        asking('/messages', {where}),
        {
          subject: 'Changed',
        },
      );
      expect([status, body]).to.deepEqual([200, {count: 1}]);
      for (const [{id}, subject] of [
        [mine, 'Changed'],
        [other, undefined],
        [bobs, undefined],
      ] as const) {
        const row = (await talk.bob.get<RestRow>(`/messages/${id}`)).body;
        expect(row.subject).to.equal(subject);
      }
    });

    it('answers 422 to what cannot be changed, and changes nothing', async () => {
      const before = await read();
      const bulk = asking('/messages', {where: {channelId: talk.channelId}});
      for (const name of ['id', 'channelId', 'toUserId', 'nope', 'messages']) {
        const answer = await talk.ann.patch(bulk, {body: 'x', [name]: 'x'});
        expectError(answer, 422, name);
      }
      expectError(await talk.ann.patch(bulk, {body: ''}), 422, 'body');
      expect(await read()).to.deepEqual(before);
    });
  });

  it('counts what it lists', async () => {
    for (const status of [1, 1, 2]) await send({status});
    const {channelId} = talk;
    for (const where of [
      {channelId},
      {channelId, status: 1},
      {channelId, status: {inq: [1, 2]}},
      {and: [{channelId}, {or: [{status: 2}, {seq: 1}]}]},
      {channelId, subject: null},
      {channelId, seq: {between: [2, 3]}},
      {channelId, createdBy: talk.bobId},
    ]) {
      const counted = await talk.bob.get<object>(
        asking('/messages/count', {where}),
      );
      const listed = await ids({where});
      expect(counted.body).to.deepEqual({count: listed.length});
    }
  });
});
