import {expect} from '@loopback/testlab';
import {sendMany, type RestChannel} from '../fixtures/channels';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, givenCheckedClient} from '../fixtures/checked-client';
import {
  givenConversation,
  type Conversation,
  type RestRow,
} from '../fixtures/conversation';
import type {RestMessage} from '../fixtures/http-client';
import {upTo} from '../fixtures/message-log';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const RECIPIENTS = '/message-recipients';

describeOverStores('Receipts and the flags of recipients', store => {
  const chat = givenChatAppOfSuite({store});
  let talk: Conversation;
  let sent: RestMessage[];

  beforeEach('write five messages', async () => {
    talk = await givenConversation(chat());
    const more = await sendMany(talk.ann, {channelId: talk.channelId}, 4);
    sent = [talk.first, ...more];
  });

  const name = (seq: number, draft: object = {}, http = talk.ann) =>
    http.post<RestRow>(`/messages/${sent[seq - 1].id}${RECIPIENTS}`, {
      recipientId: talk.bobId,
      ...draft,
    });

  /** Names Bob for each of the five. */
  async function givenRows(): Promise<RestRow[]> {
    const rows: RestRow[] = [];
    for (const seq of upTo(5)) rows.push((await name(seq)).body);
    return rows;
  }

  /** Which of the rows say that they are read, in the order of the messages. */
  async function flags(rows: readonly RestRow[]): Promise<boolean[]> {
    const where = {id: {inq: rows.map(({id}) => id)}};
    const path = asking(RECIPIENTS, {filter: {where}});
    const {body} = await talk.bob.get<RestRow[]>(path);
    return rows.map(({id}) => !!body.find(row => row.id === id)?.isRead);
  }

  async function readSeq(http = talk.bob): Promise<number> {
    const path = `/channels/${talk.channelId}`;
    return (await http.get<RestChannel>(path)).body.readSeq;
  }

  const read = (seq: number, http = talk.bob) =>
    http.put(`/channels/${talk.channelId}/cursor`, {readSeq: seq});

  const upToRead = (seq: number) => upTo(5).map(each => each <= seq);

  context('when the cursor moves', () => {
    it("marks the member's own rows of what it has passed", async () => {
      const rows = await givenRows();
      const own = await name(1, {recipientId: talk.annId});
      const other = await givenConversation(chat());
      await read(3);
      expect(await flags(rows)).to.deepEqual(upToRead(3));
      expect(await flags([own.body])).to.deepEqual([false]);
      expect(other.first.seq).to.equal(1);
      await read(5);
      expect(await flags(rows)).to.deepEqual(upToRead(5));
    });

    it('leaves the other flags, and says who it was', async () => {
      const {body: row} = await name(2, {isFavorite: true});
      await read(2);
      const {body} = await talk.ann.get<RestRow>(`${RECIPIENTS}/${row.id}`);
      expect(body).to.containEql({
        ...{isRead: true, isFavorite: true},
        ...{createdBy: talk.annId, modifiedBy: talk.bobId},
      });
    });

    it('marks nothing that is received only, or deleted', async () => {
      const rows = await givenRows();
      await talk.bob.put(`/channels/${talk.channelId}/cursor`, {
        receivedSeq: 5,
      });
      expect(await flags(rows)).to.deepEqual(upToRead(0));
      await talk.ann.delete(`${RECIPIENTS}/${rows[0].id}`);
      await read(1);
      const again = await name(1);
      expect(again.body.isRead).to.be.true();
    });
  });

  context('when a row is marked', () => {
    it('moves the cursor up to its message, and marks those before it', async () => {
      const rows = await givenRows();
      for (const [method, index] of [
        ['PATCH', 1],
        ['PUT', 3],
      ] as const) {
        const path = `${RECIPIENTS}/${rows[index].id}`;
        const answer = await talk.bob.send(method, path, {isRead: true});
        expect(answer.status).to.equal(204);
        expect(await readSeq()).to.equal(index + 1);
        expect(await flags(rows)).to.deepEqual(upToRead(index + 1));
      }
    });

    it('never becomes unread again', async () => {
      const rows = await givenRows();
      await read(3);
      const path = `${RECIPIENTS}/${rows[0].id}`;
      for (const [method, change] of [
        ['PATCH', {isRead: false}],
        ['PUT', {isRead: false, isFavorite: true}],
        ['PUT', {}],
        ['PATCH', {isRead: null}],
      ] as const) {
        const {status} = await talk.bob.send(method, path, change);
        expect([204, 422]).to.containEql(status);
      }
      expect(await flags(rows)).to.deepEqual(upToRead(3));
      expect(await readSeq()).to.equal(3);
    });

    it('moves the cursors of all channels of a bulk change', async () => {
      const rows = await givenRows();
      const single = await talk.ann.post('/messages', {
        ...{toUserId: talk.bobId, body: 'Hi'},
      });
      await talk.ann.post(`/messages/${single.body.id}${RECIPIENTS}`, {
        recipientId: talk.bobId,
      });
      const where = {isRead: false, messageId: {neq: sent[4].id}};
      const change = {isRead: true, isFavorite: true};
      const path = asking(RECIPIENTS, {where});
      const {body} = await talk.bob.patch(path, change);
      expect(body).to.deepEqual({count: 5});
      expect(await flags(rows)).to.deepEqual(upToRead(4));
      expect(await readSeq()).to.equal(4);
      const {body: channel} = await talk.bob.get<RestChannel>(
        `/channels/${single.body.channelId}`,
      );
      expect(channel).to.containEql({readSeq: 1, unread: 0});
      const favorites = asking(`${RECIPIENTS}/count`, {
        where: {isFavorite: true},
      });
      expect((await talk.bob.get(favorites)).body).to.deepEqual({count: 5});
    });

    it('moves the cursor by the rows of one message', async () => {
      const rows = await givenRows();
      const path = `/messages/${sent[2].id}${RECIPIENTS}`;
      const answer = await talk.bob.patch(path, {isRead: true});
      expect(answer.body).to.deepEqual({count: 1});
      expect(await flags(rows)).to.deepEqual(upToRead(3));
      const nobody = await talk.eve.patch(RECIPIENTS, {isRead: true});
      expect(nobody.body).to.deepEqual({count: 0});
    });

    it('is heard of the recipient only', async () => {
      const rows = await givenRows();
      await talk.ann.patch(`${RECIPIENTS}/${rows[4].id}`, {isRead: true});
      await talk.ann.patch(RECIPIENTS, {isRead: true});
      const claims = {
        permissions: ['UpdateMessageRecipient', 'AdministerChat'],
      };
      const support = await givenCheckedClient(chat(), givenUserId('su'), {
        claims,
      });
      const path = `${RECIPIENTS}/${rows[4].id}`;
      const answer = await support.patch(path, {
        isRead: true,
        isFavorite: true,
      });
      expect(answer.status).to.equal(204);
      expect(await flags(rows)).to.deepEqual(upToRead(0));
      expect(await readSeq()).to.equal(0);
      const {body} = await talk.bob.get<RestRow>(path);
      expect(body).to.containEql({isRead: false, isFavorite: true});
    });
  });

  context('when a row is new', () => {
    it('moves the cursor where the recipient says it is read', async () => {
      const rows = [(await name(1)).body];
      const own = await name(3, {isRead: true}, talk.bob);
      expect(own.body.isRead).to.be.true();
      expect(await readSeq()).to.equal(3);
      expect(await flags(rows)).to.deepEqual([true]);
    });

    it('says what the cursor says, whatever its sender says', async () => {
      const said = await name(2, {isRead: true});
      expect(said.body.isRead).to.be.false();
      expect(await readSeq()).to.equal(0);
      await read(3);
      for (const [seq, isRead] of [
        [3, true],
        [4, false],
      ] as const) {
        const {body} = await name(seq, {isRead: false});
        expect(body.isRead).to.equal(isRead);
        expect(await flags([body])).to.deepEqual([isRead]);
      }
    });
  });

  it('agree, also when all comes at once', async () => {
    const rows: RestRow[] = [];
    const seqs = [3, 1, 5, 2, 4];
    await Promise.all([
      ...seqs.map(async seq => {
        const {status, body} = await name(seq);
        expect(status).to.equal(200);
        rows[seq - 1] = body;
        if (seq % 2) return;
        const path = `${RECIPIENTS}/${body.id}`;
        await talk.bob.patch(path, {isRead: true});
      }),
      ...upTo(10).map(index => read(index % 4)),
      ...upTo(10).map(() => talk.bob.patch(RECIPIENTS, {isFavorite: true})),
    ]);
    const seq = await readSeq();
    expect(seq).to.be.within(4, 5);
    expect(await flags(rows)).to.deepEqual(upToRead(seq));
  });
});
