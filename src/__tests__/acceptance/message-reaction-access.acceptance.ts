import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {ContactRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {expectError, type RestRow} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Who may react to messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;
  let message: RestRow;

  beforeEach(async () => {
    group = await givenGroup(chat());
    message = await group.send('ann', 'Hello');
  });

  const path = (emoji?: string) => {
    const all = `/messages/${message.id}/reactions`;
    return emoji === undefined ? all : `${all}/${encodeURIComponent(emoji)}`;
  };

  async function react(name: Name, emoji: string, more: object = {}) {
    const draft = {messageId: message.id, emoji, removed: false, ...more};
    const changes = await group.changes();
    const {changeSeq} = await changes.react(group.user(name), draft);
    return changeSeq;
  }

  context('when it is not theirs to see', () => {
    async function expectUnseen(name: Name): Promise<void> {
      const http = await group.http(name);
      expectError(await http.put(path('👍')), 404);
      expectError(await http.delete(path('👍')), 404);
      expectError(await http.get(path()), 404);
      const err = await rejection(react(name, '👍'));
      expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
      expect(await group.changeSeq()).to.equal(1);
    }

    it('answers 404 to a stranger', () => expectUnseen('eve'));

    it('answers 404 to a former member', async () => {
      await group.dismiss('bob');
      await expectUnseen('bob');
    });

    it('finds no message that there is not', async () => {
      const http = await group.http('bob');
      for (const messageId of ['x', "' OR 1=1 --", randomUUID()]) {
        const err = await rejection(react('bob', '👍', {messageId}));
        expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
        const at = `/messages/${encodeURIComponent(messageId)}/reactions`;
        expectError(await http.get(at), 404);
        expectError(await http.put(`${at}/:a:`), 404);
      }
    });

    it('finds it in its own channel only', async () => {
      const err = await rejection(react('bob', '👍', {channelId: 'other'}));
      expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
    });
  });

  it('answers 403 to one whom the other of two has blocked', async () => {
    const bob = await group.http('bob');
    const toUserId = group.id('bob');
    const ann = await group.http('ann');
    const {body} = await ann.post('/messages', {toUserId, body: 'Hi'});
    const at = `/messages/${body.id}/reactions`;
    await bob.put(`${at}/:ok:`);
    const contacts = await chat().app.get<ContactRepository>(
      'repositories.ContactRepository',
    );
    await contacts.create({
      id: randomUUID(),
      ...{ownerId: group.id('ann'), contactId: toUserId, blocked: true},
      ...{createdOn: new Date(), modifiedOn: new Date()},
    });
    expectError(await bob.put(`${at}/:hey:`), 403);
    expect((await bob.delete(`${at}/:ok:`)).status).to.equal(200);
    expect((await ann.put(`${at}/:bye:`)).status).to.equal(200);
  });
});
