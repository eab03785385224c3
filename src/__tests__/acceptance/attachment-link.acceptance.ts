import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {AttachmentFile} from '../../models';
import type {StoredMessage} from '../../repositories';
import type {AttachmentLinkService} from '../../services/attachments/attachment-link.service';
import {ChatEvent, encodeMessage, MessageSession} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  expectError,
  givenConversation,
  type Conversation,
  type RestRow,
} from '../fixtures/conversation';
import {givenMessage} from '../fixtures/device';
import {givenFiles} from '../fixtures/files';
import {rejection} from '../fixtures/rejection';
import {storedIn, type Stored} from '../fixtures/stored';
import {describeOverStores} from '../fixtures/stores';

const NOT_LINKABLE = {statusCode: 409, code: 'CHAT_ATTACHMENT_NOT_LINKABLE'};

describeOverStores('Messages that carry files', store => {
  const chat = givenChatAppOfSuite({store});
  let stored: Stored;
  let talk: Conversation;

  beforeEach(async () => {
    stored = await storedIn(chat());
    talk = await givenConversation(chat());
  });

  const filesOfAnn = (count = 1, fields: Partial<AttachmentFile> = {}) =>
    givenFiles(stored, talk.annId, count, {
      channelId: talk.channelId,
      ...fields,
    });

  const send = (attachmentIds: string[], fields: object = {}) =>
    talk.ann.post<RestRow>('/messages', {
      ...{channelId: talk.channelId, body: 'Look', attachmentIds},
      ...fields,
    });

  async function carriersOf(ids: string[]): Promise<(string | undefined)[]> {
    const rows = await stored.AttachmentFile.find({where: {id: {inq: ids}}});
    const byId = new Map(rows.map(row => [row.id, row.messageId ?? undefined]));
    return ids.map(id => byId.get(id));
  }

  it('are stored with them, and seen by all members', async () => {
    const ids = await filesOfAnn(2);
    const {status, body} = await send(ids);
    expect(status).to.equal(200);
    expect(body.attachmentIds).to.eql(ids);
    expect(await carriersOf(ids)).to.eql([body.id, body.id]);
    const filter = {include: ['attachmentFiles']};
    const path = `/messages/${body.id}?filter=${JSON.stringify(filter)}`;
    const {body: seen} = await talk.bob.get<RestRow>(path);
    const files = seen.attachmentFiles as RestRow[];
    expect(files.map(({id}) => id).sort()).to.eql([...ids].sort());
    const {body: history} = await talk.bob.get<RestRow[]>(
      `/channels/${talk.channelId}/messages`,
    );
    expect(history[1].attachmentIds).to.eql(ids);
  });

  it('stay before what their sender sends next', async () => {
    const attachmentIds = await filesOfAnn();
    const ann = await chat().device(talk.annId);
    const place = {session: MessageSession.CHANNEL, receiver: talk.channelId};
    const [first, ...others] = await Promise.all([
      ann.send(givenMessage({...place, attachmentIds})),
      ann.send(givenMessage(place)),
      ann.send(givenMessage(place)),
    ]);
    const seq = Number(first.seq);
    expect(others.map(ack => ack.seq)).to.eql([seq + 1, seq + 2]);
  });

  it('tell sockets of them, and take them from sockets', async () => {
    const [picture, other] = await filesOfAnn(2);
    const ann = await chat().device(talk.annId);
    const bob = await chat().device(talk.bobId);
    const frame = givenMessage({
      ...{session: MessageSession.CHANNEL, receiver: talk.channelId},
      ...{image: picture, attachmentIds: [other]},
    });
    const ack = await ann.emit(ChatEvent.MessageImage, encodeMessage(frame));
    expect(ack.statusCode).to.equal(200);
    expect(await bob.receive(frame.id)).to.containEql({
      image: picture,
      attachmentIds: [other],
    });
    expect(await carriersOf([picture, other])).to.eql([frame.id, frame.id]);
  });

  it('are the same when they are sent again', async () => {
    const ids = await filesOfAnn();
    const id = randomUUID();
    const {body} = await send(ids, {id});
    expect((await send(ids, {id})).body).to.eql(body);
    // With another file, which stays free; one id is one message.
    const [more] = await filesOfAnn();
    expect((await send([...ids, more], {id})).body).to.eql(body);
    expect(await carriersOf([...ids, more])).to.eql([id, undefined]);
  });

  it('are the same when they are sent many times at once', async () => {
    const ids = await filesOfAnn(3);
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({length: 10}, () => send(ids, {id})),
    );
    for (const {body} of answers) expect(body).to.eql(answers[0].body);
    expect(await carriersOf(ids)).to.eql([id, id, id]);
  });

  it('are answered as before when their files are gone', async () => {
    const ids = await filesOfAnn();
    const {body} = await send(ids, {id: randomUUID()});
    expect((await talk.ann.delete(`/attach-files/${ids[0]}`)).status).to.equal(
      204,
    );
    const again = await send(ids, {id: body.id});
    expect(again.body).to.containEql({id: body.id, seq: body.seq});
  });

  it('go on where a process ended before they were stored', async () => {
    const id = randomUUID();
    const ids = await filesOfAnn(1, {messageId: id});
    // Until then nobody else learns so much as their names.
    const seenBy = async (client: typeof talk.ann) => {
      const {body} = await client.get<RestRow[]>('/attach-files');
      return body.map(file => file.id);
    };
    expect(await seenBy(talk.bob)).to.eql([]);
    expectError(await talk.bob.get(`/attach-files/${ids[0]}`), 404);
    expect(await seenBy(talk.ann)).to.eql(ids);
    const {body} = await send(ids, {id});
    expect(body.attachmentIds).to.eql(ids);
    expect(await carriersOf(ids)).to.eql([id]);
    expect(await seenBy(talk.bob)).to.eql(ids);
  });

  it('keep what they carry when the same, sent twice, fails once', async () => {
    const links = await chat().app.get<AttachmentLinkService>(
      'chat.attachmentLinkService',
    );
    const ids = await filesOfAnn(2);
    const draft = {
      ...{id: randomUUID(), channelId: talk.channelId, createdBy: talk.annId},
      ...{body: 'Look', kind: 'text'},
    };
    const [kept, failed] = [
      {...draft, attachmentIds: ids.slice(0, 1)},
      {...draft, attachmentIds: ids},
    ];
    await links.claim(kept);
    await links.claim(failed);
    const fault = new Error('of the test');
    const failing = links.whileClaimed(failed, () => Promise.reject(fault));
    expect(await rejection(failing)).to.equal(fault);
    await links.whileClaimed(
      kept,
      async () => kept as unknown as StoredMessage,
    );
    expect(await carriersOf(ids)).to.eql([draft.id, undefined]);
  });

  it('take a file once, whoever is first', async () => {
    const ids = await filesOfAnn();
    const answers = await Promise.all(
      Array.from({length: 10}, () => send(ids)),
    );
    const taken = answers.filter(({status}) => status === 200);
    expect(taken).to.have.length(1);
    for (const answer of answers) {
      if (answer !== taken[0]) expectError(answer, 409);
    }
    expect(await carriersOf(ids)).to.eql([taken[0].body.id]);
  });

  it('take the files of the host’s own storage too', async () => {
    const {body: file} = await talk.ann.post<RestRow>('/attach-files', {
      fileKey: 'private/1',
    });
    const {body} = await send([file.id.toUpperCase()]);
    expect(body.attachmentIds).to.eql([file.id]);
    expect(await carriersOf([file.id])).to.eql([body.id]);
  });

  context('when one of the files cannot be linked', () => {
    const cases: [string, (good: string) => Promise<string[]>][] = [
      ['does not exist', async () => [randomUUID()]],
      ['is another user’s', () => givenFiles(stored, talk.bobId, 1)],
      ['is of another channel', () => filesOfAnn(1, {channelId: 'other'})],
      ['is deleted', () => filesOfAnn(1, {deleted: true})],
      ['is infected', () => filesOfAnn(1, {state: 'infected'})],
      ['is gone', () => filesOfAnn(1, {state: 'removed'})],
      ['is linked already', () => filesOfAnn(1, {messageId: talk.first.id})],
    ];
    for (const [what, givenBad] of cases) {
      it(`stores nothing and links none when it ${what}`, async () => {
        const [good] = await filesOfAnn();
        const [bad] = await givenBad(good);
        const before = await carriersOf([bad]);
        const id = randomUUID();
        const answer = await send([good, bad], {id});
        expectError(answer, 409);
        expect(answer.body).to.containDeep({error: NOT_LINKABLE});
        expect(await carriersOf([good, bad])).to.eql([undefined, ...before]);
        expect(await stored.Message.exists(id)).to.be.false();
      });
    }

    it('tells sockets so', async () => {
      const ann = await chat().device(talk.annId);
      const frame = givenMessage({
        ...{session: MessageSession.CHANNEL, receiver: talk.channelId},
        media: randomUUID(),
      });
      const ack = await ann.emit(ChatEvent.MessageFile, encodeMessage(frame));
      expect(ack).to.containEql(NOT_LINKABLE);
    });
  });

  it('keep a file that another names by the id of the message', async () => {
    const messageId = talk.first.id;
    const [file] = await filesOfAnn(1, {messageId});
    const draft = {channelId: talk.channelId, body: 'x', id: messageId};
    expectError(
      await talk.bob.post('/messages', {...draft, attachmentIds: [file]}),
      409,
    );
    const bob = await chat().device(talk.bobId);
    const frame = givenMessage({
      ...{session: MessageSession.CHANNEL, receiver: talk.channelId},
      ...{id: messageId, image: file},
    });
    const ack = await bob.emit(ChatEvent.MessageImage, encodeMessage(frame));
    expect(ack).to.containEql({statusCode: 409});
    expect(await carriersOf([file])).to.eql([messageId]);
  });

  it('let go of the files when their sender may not send', async () => {
    const [file] = await givenFiles(stored, talk.eveId, 1);
    const draft = {channelId: talk.channelId, body: 'x', attachmentIds: [file]};
    expectError(await talk.eve.post('/messages', draft), 404);
    expect(await carriersOf([file])).to.eql([undefined]);
  });

  it('refuse what is no list of ids', async () => {
    const many = Array.from({length: 101}, () => randomUUID());
    expectError(await send(['../x']), 422, 'attachmentIds');
    expectError(await send(many), 422, 'attachmentIds');
    for (const attachmentIds of ['x', [1], {0: 'x'}]) {
      expectError(await send(attachmentIds as unknown as string[]), 422);
    }
  });

  it('say nothing of their files once they are deleted', async () => {
    const ids = await filesOfAnn();
    const {body} = await send(ids);
    await talk.ann.delete(`/messages/${body.id}`);
    const {body: changes} = await talk.bob.get<{messages: RestRow[]}>(
      `/channels/${talk.channelId}/changes?since=1`,
    );
    const [tombstone] = changes.messages;
    expect(tombstone).to.containEql({id: body.id, deleted: true});
    expect(tombstone).to.not.have.property('attachmentIds');
    expectError(await talk.bob.get(`/attach-files/${ids[0]}`), 404);
  });

  it('keep their file when somebody edits them', async () => {
    const [picture] = await filesOfAnn();
    const ann = await chat().device(talk.annId);
    const frame = givenMessage({
      ...{session: MessageSession.CHANNEL, receiver: talk.channelId},
      image: picture,
    });
    await ann.emit(ChatEvent.MessageImage, encodeMessage(frame));
    const change = {body: 'Another'};
    expectError(await talk.ann.patch(`/messages/${frame.id}`, change), 403);
    const {body} = await talk.bob.get<RestRow>(`/messages/${frame.id}`);
    expect(body.body).to.equal(picture);
  });
});
