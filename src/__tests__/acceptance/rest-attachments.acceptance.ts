import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {AttachmentFileRepository} from '../../repositories';
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

const FILES = '/attach-files';
const META = {pages: 12, tags: ['ä', '🌍'], nested: {a: null, b: 1.5}};

describeOverStores('Attachments by REST', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  const pathOf = ({id}: RestRow) => `${FILES}/${id}`;
  const note = (draft: object) => talk.ann.post<RestRow>(FILES, draft);
  const noteBulk = (attachmentFiles: object[]) =>
    talk.ann.post<RestRow[]>(`${FILES}/bulk`, {attachmentFiles});

  async function noted(where: object = {}): Promise<RestRow[]> {
    const path = asking(FILES, {filter: {where}});
    return (await talk.ann.get<RestRow[]>(path)).body;
  }

  context('when one is noted', () => {
    it('answers the row as it is read afterwards', async () => {
      const messageId = talk.first.id;
      const draft = {messageId, fileKey: 'a/ü 1.pdf', metaData: META};
      const {status, body} = await note(draft);
      expect(status).to.equal(200);
      expect(body).to.containDeep({
        ...draft,
        channelId: talk.channelId,
        createdBy: talk.annId,
        modifiedBy: talk.annId,
        deleted: false,
      });
      expect((await talk.bob.get<RestRow>(pathOf(body))).body).to.deepEqual(
        body,
      );
      expect(await noted({messageId})).to.deepEqual([body]);
    });

    it('is seen by the members of its channel', async () => {
      const {body} = await note({channelId: talk.channelId, fileKey: 'k'});
      expect((await talk.bob.get(pathOf(body))).status).to.equal(200);
      expectError(await talk.eve.get(pathOf(body)), 404);
    });

    it('is seen by its uploader alone while it has no channel', async () => {
      const {body: row} = await note({fileKey: 'k'});
      const where = {id: row.id};
      const listing = asking(FILES, {filter: {where}});
      const counting = asking(`${FILES}/count`, {where});
      for (const [client, count] of [
        [talk.ann, 1],
        [talk.bob, 0],
      ] as const) {
        const list = await client.get<RestRow[]>(listing);
        expect(list.body).to.have.length(count);
        expect((await client.get<object>(counting)).body).to.deepEqual({count});
        const bulk = asking(FILES, {where});
        const change = await client.patch(bulk, {fileKey: `k${count}`});
        expect(change.body).to.deepEqual({count});
      }
      for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
        const body = method.startsWith('P') ? {fileKey: 'x'} : undefined;
        expectError(await talk.bob.send(method, pathOf(row), body), 404);
      }
      expect(await noted({id: row.id})).to.containDeep([{fileKey: 'k1'}]);
      const support = await givenCheckedClient(chat(), givenUserId('su'), {
        claims: {permissions: ['ViewAttachmentFile', 'AdministerChat']},
      });
      expect((await support.get(pathOf(row))).status).to.equal(200);
    });

    it('answers 404, 403 and 422 to places that are not the caller’s', async () => {
      const bobs = {channelId: talk.channelId, body: 'Bob’s'};
      const {body} = await talk.bob.post('/messages', bobs);
      expectError(await note({messageId: body.id}), 403);
      expectError(await note({messageId: randomUUID()}), 404);
      expectError(await note({messageId: 'x'}), 404);
      expectError(await note({channelId: givenUserId('task')}), 404);
      const draft = {messageId: talk.first.id, channelId: 'other'};
      expectError(await note(draft), 422, 'channelId');
      expectError(await talk.eve.post(FILES, {channelId: talk.channelId}), 404);
      expectError(await talk.eve.post(FILES, {messageId: talk.first.id}), 404);
      await talk.ann.delete(`/messages/${talk.first.id}`);
      expectError(await note({messageId: talk.first.id}), 404);
      expect(await noted({createdBy: talk.annId})).to.deepEqual([]);
    });

    for (const [path, draft] of [
      ['fileKey', {fileKey: 'x'.repeat(201)}],
      ['fileKey', {fileKey: 'a\u0000'}],
      ['fileKey', {fileKey: 5}],
      ['metaData', {metaData: 'x'}],
      ['metaData', {metaData: []}],
      ['metaData', {metaData: {a: 'x'.repeat(16_384)}}],
      ['metaData', {metaData: {a: '\u0000'}}],
      ['metaData', {metaData: {a: '\ud800'}}],
      ['metaData', {metaData: {'\u0000': 1}}],
      ['createdBy', {createdBy: 'x'}],
      ['id', {id: randomUUID()}],
      ['nope', {nope: 1}],
    ] as [string, object][]) {
      const text = JSON.stringify(draft).slice(0, 50);
      it(`answers 422 to ${text} and names ${path}`, async () => {
        expectError(await note(draft), 422, path);
      });
    }
  });

  context('when many are noted', () => {
    it('answers them in the order given', async () => {
      const keys = Array.from({length: 100}, (_, index) => `key ${index}`);
      const drafts = keys.map(fileKey => ({
        fileKey,
        channelId: talk.channelId,
      }));
      const {status, body} = await noteBulk(drafts);
      expect(status).to.equal(200);
      expect(body.map(({fileKey}) => fileKey)).to.deepEqual(keys);
      const where = {channelId: talk.channelId};
      expect(await noted(where)).to.have.length(100);
    });

    for (const [title, status, wrong] of [
      ['one of a channel of others', 404, {channelId: 'other'}],
      ['one of no message', 404, {messageId: randomUUID()}],
      ['one too long', 422, {fileKey: 'x'.repeat(201)}],
      ['one with an unknown property', 422, {nope: 1}],
    ] as [string, number, object][]) {
      it(`notes none of them with ${title}`, async () => {
        const right = {channelId: talk.channelId, fileKey: 'k'};
        expectError(await noteBulk([right, wrong]), status);
        expectError(await noteBulk([wrong, right]), status);
        expect(await noted({channelId: talk.channelId})).to.deepEqual([]);
      });
    }

    it('answers 422 to none and to too many', async () => {
      for (const count of [0, 101]) {
        const drafts = Array(count).fill({channelId: talk.channelId});
        expectError(await noteBulk(drafts), 422, 'attachmentFiles');
      }
      const path = `${FILES}/bulk`;
      expectError(await talk.ann.post(path, {}), 422, 'attachmentFiles');
      expectError(await talk.ann.post(path, {attachmentFiles: {}}), 422);
      expectError(await talk.ann.post(path, []), 422);
    });
  });

  context('when one is changed', () => {
    let row: RestRow;

    beforeEach(async () => {
      const draft = {messageId: talk.first.id, fileKey: 'k', metaData: META};
      row = (await note(draft)).body;
    });

    const read = async () => (await talk.bob.get<RestRow>(pathOf(row))).body;

    it('changes what is said by PATCH', async () => {
      const change = {fileKey: 'l', createdBy: talk.eveId, deleted: true};
      expect((await talk.ann.patch(pathOf(row), change)).status).to.equal(204);
      const {modifiedOn, ...after} = await read();
      const {modifiedOn: was, ...before} = row;
      expect(after).to.deepEqual({...before, fileKey: 'l'});
      expect(String(modifiedOn) >= String(was)).to.be.true();
    });

    it('empties what is left out by PUT', async () => {
      const {status} = await talk.ann.put(pathOf(row), {metaData: {a: 1}});
      expect(status).to.equal(204);
      const after = await read();
      expect(after.metaData).to.deepEqual({a: 1});
      expect(after).to.not.have.property('fileKey');
      await talk.ann.put(pathOf(row), {});
      expect(await read()).to.not.have.property('metaData');
    });

    it('takes back the whole row that it gave, and no other identity', async () => {
      expect((await talk.ann.put(pathOf(row), row)).status).to.equal(204);
      for (const name of ['id', 'messageId', 'channelId']) {
        const change = {...row, [name]: randomUUID()};
        expectError(await talk.ann.put(pathOf(row), change), 422, name);
        expectError(await talk.ann.patch(pathOf(row), change), 422, name);
      }
      expect((await read()).metaData).to.deepEqual(META);
    });

    it('is gone once deleted, and stays in the table', async () => {
      expect((await talk.ann.delete(pathOf(row))).status).to.equal(204);
      for (const client of [talk.ann, talk.bob]) {
        expectError(await client.get(pathOf(row)), 404);
        expectError(await client.patch(pathOf(row), {fileKey: 'x'}), 404);
        expectError(await client.delete(pathOf(row)), 404);
      }
      expect(await noted({messageId: talk.first.id})).to.deepEqual([]);
      const files = await chat().app.get<AttachmentFileRepository>(
        'repositories.AttachmentFileRepository',
      );
      const stored = await files.findById(row.id);
      expect(stored).to.containDeep({deleted: true, deletedBy: talk.annId});
      expect(stored.deletedOn).to.be.instanceOf(Date);
    });
  });
});
