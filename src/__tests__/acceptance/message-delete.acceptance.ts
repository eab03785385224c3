import {expect} from '@loopback/testlab';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, givenCheckedClient} from '../fixtures/checked-client';
import {expectError, type RestRow} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {rejection} from '../fixtures/rejection';
import {storedIn} from '../fixtures/stored-rows';
import {describeOverStores} from '../fixtures/stores';

const SECRET = 'an embarrassing secret';

describeOverStores('Deletions of messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;
  let message: RestRow;

  beforeEach(async () => {
    group = await givenGroup(chat());
    message = await group.send('ann', SECRET, {ext: SECRET, subject: SECRET});
  });

  const path = () => `/messages/${message.id}`;

  async function remove(name: Name, more: object = {}, permissions?: string[]) {
    const ref = {messageId: message.id, ...more};
    const changes = await group.changes();
    const {changeSeq} = await changes.remove(
      group.user(name, permissions),
      ref,
    );
    return changeSeq;
  }

  context('when a message is deleted', () => {
    it('numbers the change, and tells of it', async () => {
      const events = await group.events('message.deleted');
      const service = await group.changes();
      const ref = {messageId: message.id};
      const user = group.user('ann');
      const place = await service.remove(user, ref, {origin: 'socket-1'});
      const {channelId} = group;
      expect(place).to.deepEqual({channelId, changeSeq: 2});
      expect(await group.changeSeq()).to.equal(2);
      const [row] = (await storedIn(chat(), group.channelId)).messages;
      expect(row).to.containEql({
        ...{seq: 1, changeSeq: 2, deleted: true, body: ''},
        ...{deletedBy: group.id('ann'), modifiedBy: group.id('ann')},
      });
      expect(events).to.deepEqual([
        {
          channelId: group.channelId,
          channelType: 'group',
          changeSeq: 2,
          actorId: group.id('ann'),
          origin: 'socket-1',
          messageId: message.id,
          deletedOn: row.deletedOn,
        },
      ]);
    });

    it('leaves nothing of what it said in any table', async () => {
      const ann = await group.http('ann');
      const bob = await group.http('bob');
      const toBob = {mentions: [group.id('bob')], forwardedFrom: message.id};
      const other = await group.send('ann', `${SECRET} 2`, toBob);
      for (const {id} of [message, other]) {
        await ann.patch(`/messages/${id}`, {body: `${SECRET}, edited`});
        await bob.put(`/messages/${id}/reactions/:secret:`);
        const flag = {recipientId: group.id('bob'), isFavorite: true};
        await bob.post(`/messages/${id}/message-recipients`, flag);
        const file = {messageId: id, fileKey: 'k'};
        expect((await ann.post('/attach-files', file)).status).to.equal(200);
      }
      const {channelId} = group;
      expect(JSON.stringify(await storedIn(chat(), channelId))).match(/secret/);
      await ann.delete(path());
      await remove('ann', {messageId: other.id});
      const rows = await storedIn(chat(), channelId);
      expect(JSON.stringify(rows)).to.not.match(/secret/);
      expect(rows.edits).to.be.empty();
      expect(rows.reactions).to.be.empty();
      expect(rows.recipients).to.have.length(3);
      expect(rows.files).to.have.length(2);
      for (const row of [...rows.messages, ...rows.recipients, ...rows.files]) {
        expect(row).to.containEql({
          deleted: true,
          deletedBy: group.id('ann'),
        });
      }
      for (const row of rows.messages) {
        expect(row.mentions).to.be.undefined();
        expect(row.forwardedFrom).to.be.undefined();
      }
      for (const what of ['message-recipients', 'attach-files']) {
        const filter = {where: {channelId}};
        const {body} = await bob.get(asking(`/${what}`, {filter}));
        expect(body).to.be.empty();
      }
    });

    it('is gone for edits, reactions and histories', async () => {
      await remove('ann');
      const service = await group.changes();
      const messageId = message.id;
      for (const attempt of [
        () => service.edit(group.user('ann'), {messageId, text: 'x'}),
        () => service.editsOf(group.user('ann'), messageId),
        () => service.reactionsOf(group.user('ann'), messageId),
        ...[true, false].map(
          removed => () =>
            service.react(group.user('ann'), {messageId, emoji: '👍', removed}),
        ),
      ]) {
        const err = await rejection(attempt());
        expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
      }
      expect(await group.changeSeq()).to.equal(2);
    });

    it('does not change the second time', async () => {
      const events = await group.events('message.deleted');
      await remove('ann');
      const before = await storedIn(chat(), group.channelId);
      expect(await remove('ann')).to.equal(2);
      expect(await remove('adam')).to.equal(2);
      expectError(await (await group.http('ann')).delete(path()), 404);
      const after = await storedIn(chat(), group.channelId);
      expect(after).to.deepEqual(before);
      expect(events).to.have.length(1);
    });

    it('is still the same message when it is sent again', async () => {
      await remove('ann');
      const again = await group.send('ann', SECRET, {id: message.id});
      expect(again).to.containEql({id: message.id, body: '', deleted: true});
      expect(await group.changeSeq()).to.equal(2);
    });
  });

  context('when replies are deleted together', () => {
    it('numbers each, in the order of seq', async () => {
      const parentMessageId = message.id;
      const ids: string[] = [];
      for (const name of ['ann', 'bob', 'ann', 'ann'] as const) {
        ids.push((await group.send(name, 'Reply', {parentMessageId})).id);
      }
      const events = await group.events('message.deleted');
      const http = await group.http('ann');
      const {body} = await http.delete(`${path()}/messages`);
      expect(body).to.deepEqual({count: 3});
      const {messages} = await storedIn(chat(), group.channelId);
      expect(messages.map(row => [row.deleted, row.changeSeq])).to.deepEqual([
        [false, 1],
        [true, 6],
        [false, 3],
        [true, 7],
        [true, 8],
      ]);
      expect(events.map(event => event.messageId)).to.deepEqual([
        ids[0],
        ids[2],
        ids[3],
      ]);
      const again = await http.delete(`${path()}/messages`);
      expect(again.body).to.deepEqual({count: 0});
    });

    it('are those of the thread, for an administrator too', async () => {
      const parentMessageId = message.id;
      await group.send('bob', 'Reply', {parentMessageId});
      const claims = {permissions: ['DeleteMessage', 'AdministerChat']};
      const http = await givenCheckedClient(chat(), group.id('eve'), {claims});
      const {body} = await http.delete(`${path()}/messages`);
      expect(body).to.deepEqual({count: 1});
    });
  });

  it('settles an edit and a deletion at once', async () => {
    const service = await group.changes();
    for (let round = 0; round < 4; round++) {
      const {id: messageId} = await group.send('ann', SECRET);
      const from = await group.changeSeq();
      const edits = Array.from({length: 3}, (_, index) =>
        service.edit(group.user('ann'), {messageId, text: `secret ${index}`}),
      );
      const deletions = (['ann', 'adam'] as const).map(name =>
        service.remove(group.user(name), {messageId}),
      );
      const outcomes = await Promise.allSettled([...edits, ...deletions]);
      const done = outcomes.filter(({status}) => status === 'fulfilled').length;
      const last = await group.changeSeq();
      // Two deletions are one change; the edits after it found no message.
      expect(last - from).to.equal(done - 1);
      const {messages, edits: kept} = await storedIn(chat(), group.channelId);
      const row = messages[messages.length - 1];
      expect(row).to.containEql({deleted: true, body: '', changeSeq: last});
      expect(kept).to.be.empty();
    }
  });
});
