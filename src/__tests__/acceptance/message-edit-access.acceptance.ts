import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {ContactRepository, MessageRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, givenCheckedClient} from '../fixtures/checked-client';
import {expectError, type RestRow} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Who may edit messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;
  let message: RestRow;

  beforeEach(async () => {
    group = await givenGroup(chat());
    message = await group.send('ann', 'One', {ext: 'e1'});
  });

  const path = () => `/messages/${message.id}`;

  async function edit(name: Name, text: string, more: object = {}) {
    const draft = {messageId: message.id, text, ...more};
    const changes = await group.changes();
    const {changeSeq} = await changes.edit(group.user(name), draft);
    return changeSeq;
  }

  context('when somebody else edits', () => {
    async function expectRefused(name: Name, code: string): Promise<void> {
      const err = await rejection(edit(name, 'Forged'));
      expect(err).to.containEql({code});
      const status = code === 'CHAT_FORBIDDEN' ? 403 : 404;
      const http = await group.http(name);
      expectError(await http.patch(path(), {body: 'Forged'}), status);
      expectError(await http.put(path(), {body: 'Forged'}), status);
      const bulk = asking('/messages', {where: {id: message.id}});
      const {body} = await http.patch(bulk, {body: 'Forged'});
      expect(body).to.deepEqual({count: 0});
      expect(await group.read(message.id)).to.deepEqual(message);
    }

    for (const name of ['bob', 'adam', 'olga'] as const) {
      it(`answers 403 to ${name}`, () => expectRefused(name, 'CHAT_FORBIDDEN'));
    }

    it('answers 404 to a stranger', () =>
      expectRefused('eve', 'CHAT_NOT_FOUND'));

    it('answers 404 to the sender who left', async () => {
      await group.dismiss('ann');
      await expectRefused('ann', 'CHAT_NOT_FOUND');
      expectError(await (await group.http('ann')).get(`${path()}/edits`), 404);
    });

    it('shows the history to members only', async () => {
      expectError(await (await group.http('eve')).get(`${path()}/edits`), 404);
    });
  });

  it('answers 403 to the writer of what the server says', async () => {
    const messages = await chat().app.get<MessageRepository>(
      'repositories.MessageRepository',
    );
    await messages.updateById(message.id, {kind: 'system'});
    const err = await rejection(edit('ann', 'Two'));
    expect(err).to.containEql({code: 'CHAT_FORBIDDEN'});
    const claims = {permissions: ['UpdateMessage', 'AdministerChat']};
    const {channelId} = group;
    for (const http of [
      await group.http('ann'),
      await givenCheckedClient(chat(), group.id('olga'), {claims}),
    ]) {
      expectError(await http.patch(path(), {body: 'Two'}), 403);
      const bulk = asking('/messages', {where: {channelId}});
      const {body} = await http.patch(bulk, {body: 'Two'});
      expect(body).to.deepEqual({count: 0});
    }
  });

  it('answers 403 to a sender whom the other of two has blocked', async () => {
    const ann = await group.http('ann');
    const toUserId = group.id('bob');
    const sent = await ann.post('/messages', {toUserId, body: 'Hi'});
    const contacts = await chat().app.get<ContactRepository>(
      'repositories.ContactRepository',
    );
    await contacts.create({
      id: randomUUID(),
      ownerId: toUserId,
      contactId: group.id('ann'),
      blocked: true,
      createdOn: new Date(),
      modifiedOn: new Date(),
    });
    const {id} = sent.body;
    const err = await rejection(edit('ann', 'Grr', {messageId: id}));
    expect(err).to.containEql({code: 'CHAT_BLOCKED'});
    expectError(await ann.patch(`/messages/${id}`, {body: 'Grr'}), 403);
    const bulk = await ann.patch('/messages', {body: 'Grr'});
    expect(bulk.body).to.deepEqual({count: 1});
    expect((await ann.get(`/messages/${id}`)).body.body).to.equal('Hi');
    expect((await ann.delete(`/messages/${id}`)).status).to.equal(204);
  });
});
