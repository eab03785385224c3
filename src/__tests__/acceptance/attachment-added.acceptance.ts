import {expect} from '@loopback/testlab';
import {once} from 'events';
import {ChatEvent, encodeMessage, FRAMES, MessageSession} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {
  expectError,
  givenConversation,
  type Conversation,
  type RestRow,
} from '../fixtures/conversation';
import {givenMessage} from '../fixtures/device';
import {storedIn} from '../fixtures/stored';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';
import {upload} from '../fixtures/uploads';

const FILES = '/attach-files';
const TEXT = [{bytes: 'A text'}];

interface Changes {
  readonly changeSeq: number;
  readonly messages: RestRow[];
}

describeOverStores('Files of messages that are there already', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;

  beforeEach(async () => {
    talk = await givenConversation(chat());
  });

  const messageId = () => talk.first.id;
  const note = (more: object = {}) =>
    talk.ann.post<RestRow>(FILES, {messageId: messageId(), ...more});
  const uploadTo = async (client = talk.ann) =>
    upload(client, {messageId: messageId()}, TEXT);
  const message = async () =>
    (await talk.bob.get<RestRow>(`/messages/${messageId()}`)).body;
  const changesSince = async (since: number) =>
    (
      await talk.bob.get<Changes>(
        `/channels/${talk.channelId}/changes?since=${since}`,
      )
    ).body;

  const WAYS: [string, () => Promise<string[]>][] = [
    ['uploaded', async () => (await uploadTo()).body.map(({id}) => id)],
    ['noted', async () => [(await note({fileKey: 'k'})).body.id]],
    [
      'noted in bulk',
      async () => {
        const attachmentFiles = [1, 2].map(() => ({messageId: messageId()}));
        const path = `${FILES}/bulk`;
        const {body} = await talk.ann.post<RestRow[]>(path, {attachmentFiles});
        return body.map(({id}) => id);
      },
    ],
  ];
  for (const [what, add] of WAYS) {
    it(`are part of the message once they are ${what}, by a change`, async () => {
      const ids = await add();
      const {attachmentIds, changeSeq, seq} = await message();
      expect({attachmentIds, changeSeq, seq}).to.eql({
        ...{attachmentIds: ids, changeSeq: 2, seq: 1},
      });
      const changes = await changesSince(1);
      expect(changes.messages[0]).to.containEql({attachmentIds: ids});
      const more = await add();
      const present = await message();
      expect(present.attachmentIds).to.eql([...ids, ...more]);
      expect(present).to.not.have.property('editedOn');
    });
  }

  it('are told to members who are connected, and so is their end', async () => {
    const bob = await chat().device(talk.bobId);
    const edit = async () => {
      const [bytes] = await once(bob.socket as never, ChatEvent.MessageEdit);
      return FRAMES.MessageEdit.decode(new Uint8Array(bytes));
    };
    const added = edit();
    const [{id}] = (await uploadTo()).body;
    expect(await added).to.containEql({
      ...{messageId: messageId(), changeSeq: 2, text: 'First'},
      attachmentIds: [id],
    });
    const dropped = edit();
    expect((await talk.ann.delete(`${FILES}/${id}`)).status).to.equal(204);
    const {attachmentIds, changeSeq} = await dropped;
    expect([attachmentIds ?? [], changeSeq]).to.eql([[], 3]);
    expect(await message()).to.not.have.property('attachmentIds');
    expect((await changesSince(2)).messages[0].id).to.equal(messageId());
  });

  it('are told of when they are all that a message says', async () => {
    const {channelId} = talk;
    const [file] = (await upload(talk.ann, {channelId}, TEXT)).body;
    const ann = await chat().device(talk.annId);
    const frame = givenMessage({
      ...{session: MessageSession.CHANNEL, receiver: channelId},
      media: file.id,
    });
    const ack = await ann.emit(ChatEvent.MessageFile, encodeMessage(frame));
    const since = Number(ack.changeSeq);
    expect((await talk.ann.delete(`${FILES}/${file.id}`)).status).to.equal(204);
    const {messages} = await changesSince(since);
    expect(messages.map(({id}) => id)).to.eql([frame.id]);
    const {status} = await talk.bob.get(`${FILES}/${file.id}/download`);
    expect(status).to.equal(404);
  });

  it('all come when many are added at once', async () => {
    const answers = await Promise.all(Array.from({length: 10}, () => note()));
    const ids = answers.map(({body}) => body.id);
    const {attachmentIds, changeSeq} = await message();
    expect([...(attachmentIds as string[])].sort()).to.eql(ids.sort());
    expect(changeSeq).to.equal(11);
  });

  it('do not come to a message that is deleted at the same time', async () => {
    const [, ...answers] = await Promise.all([
      talk.ann.delete(`/messages/${messageId()}`),
      ...[uploadTo(), uploadTo(), note(), note()],
    ]);
    for (const answer of answers) {
      if (answer.status !== 200) expectError(answer, 404);
    }
    const stored = await storedIn(chat());
    const where = {messageId: messageId(), deleted: false};
    expect(await stored.AttachmentFile.count(where)).to.eql({count: 0});
  });

  context('when they may not be added', () => {
    const expectUntouched = async () => {
      expect(await message()).to.containEql({changeSeq: 1});
      expect(await message()).to.not.have.property('attachmentIds');
      const {body} = await talk.bob.get<RestRow[]>(FILES);
      expect(body).to.eql([]);
    };

    it('answers 403 to another member, 404 to a stranger', async () => {
      const draft = {messageId: messageId()};
      expectError(await talk.bob.post(FILES, draft), 403);
      expectError(await uploadTo(talk.bob), 403);
      expectError(await talk.eve.post(FILES, draft), 404);
      expectError(await uploadTo(talk.eve), 404);
      const attachmentFiles = [{}, draft];
      expectError(await talk.bob.post(`${FILES}/bulk`, {attachmentFiles}), 403);
      await expectUntouched();
    });

    it('answers 404 to a sender who has left the channel', async () => {
      const stored = await storedIn(chat());
      const {channelId, annId} = talk;
      await stored.ChannelMember.deleteAll({channelId, userId: annId});
      expectError(await note(), 404);
      expectError(await uploadTo(), 404);
      await expectUntouched();
    });

    it('answers 403 to a sender whom the other has blocked', async () => {
      const toUserId = talk.bobId;
      const draft = {toUserId, body: 'Hi'};
      const {body} = await talk.ann.post<RestRow>('/messages', draft);
      const block = {blocked: true};
      await talk.bob.patch(`/contacts/${talk.annId}`, block);
      const answer = await talk.ann.post(FILES, {messageId: body.id});
      expectError(answer, 403);
      expect(answer.body).to.containDeep({error: {code: 'CHAT_BLOCKED'}});
    });

    it('answers 422 when the message would carry more than 1000', async () => {
      const stored = await storedIn(chat());
      const attachmentIds = Array.from({length: 1000}, () => messageId());
      await stored.Message.updateById(messageId(), {attachmentIds});
      expectError(await note(), 422, 'messageId');
      expectError(await uploadTo(), 422, 'messageId');
    });
  });

  it('go once: who deletes them again is answered 404', async () => {
    const {body} = await note();
    const path = `${FILES}/${body.id}`;
    expectError(await talk.bob.delete(path), 403);
    expect((await message()).attachmentIds).to.eql([body.id]);
    const answers = await Promise.all(
      [1, 2, 3].map(() => talk.ann.delete(path)),
    );
    const done = answers.filter(({status}) => status === 204);
    expect(done).to.have.length(1);
    expect((await message()).changeSeq).to.equal(3);
  });

  it('may be added and taken away by an administrator', async () => {
    const claims = {
      permissions: [
        ...['AdministerChat', 'CreateAttachmentFile'],
        ...['DeleteAttachmentFile', 'ViewAttachmentFile'],
      ],
    };
    const admin = await givenCheckedClient(chat(), givenUserId('su'), {claims});
    const draft = {messageId: messageId()};
    const {body} = await admin.post<RestRow>(FILES, draft);
    expect((await message()).attachmentIds).to.eql([body.id]);
    const {status} = await admin.delete(`${FILES}/${body.id}`);
    expect(status).to.equal(204);
    expect(await message()).to.not.have.property('attachmentIds');
  });
});
