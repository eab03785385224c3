import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {ChannelRepository, MessageRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, givenCheckedClient} from '../fixtures/checked-client';
import {expectError, type RestRow} from '../fixtures/conversation';
import {givenGroup, type Group} from '../fixtures/group-of-four';
import {upTo} from '../fixtures/message-log';
import {storedIn} from '../fixtures/stored-rows';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';

describeOverStores('Bulk changes of messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;
  let message: RestRow;

  beforeEach(async () => {
    group = await givenGroup(chat());
    message = await group.send('ann', 'One');
  });

  it('numbers each, in the order of seq, in each channel', async () => {
    const other = await givenGroup(chat());
    const ann = await group.http('ann');
    for (const body of ['Two', 'All', 'Four']) await group.send('ann', body);
    await group.send('bob', 'Bob’s');
    await joinAs(other, group.id('ann'));
    const place = {channelId: other.channelId};
    for (const body of ['A', 'B'])
      await ann.post('/messages', {...place, body});
    const events = await group.events('message.edited');
    const {body} = await ann.patch('/messages', {body: 'All', status: 1});
    expect(body).to.deepEqual({count: 6});
    const {messages, edits} = await storedIn(chat(), group.channelId);
    expect(messages.map(m => [m.seq, m.changeSeq, m.body])).to.deepEqual([
      [1, 6, 'All'],
      [2, 7, 'All'],
      [3, 8, 'All'],
      [4, 9, 'All'],
      [5, 5, 'Bob’s'],
    ]);
    expect(messages[2].editedOn).to.be.undefined();
    expect(edits.map(e => e.body)).to.deepEqual(['One', 'Two', 'Four']);
    expect(events.map(e => e.changeSeq)).to.deepEqual([6, 7, 8, 9]);
    const others = (await storedIn(chat(), other.channelId)).messages;
    expect(others.map(m => [m.seq, m.changeSeq])).to.deepEqual([
      [1, 3],
      [2, 4],
    ]);
    expect([await group.changeSeq(), await other.changeSeq()]).to.deepEqual([
      9, 4,
    ]);
  });

  it('asks an administrator for a condition', async () => {
    const claims = {
      permissions: [
        'UpdateMessage',
        'UpdateMessageRecipient',
        'AdministerChat',
      ],
    };
    const http = await givenCheckedClient(chat(), group.id('eve'), {claims});
    for (const all of ['/messages', asking('/messages', {where: {}})]) {
      expectError(await http.patch(all, {body: 'x'}), 422, 'where');
    }
    const flags = await http.patch('/message-recipients', {isRead: true});
    expectError(flags, 422, 'where');
    expect(await group.read(message.id)).to.deepEqual(message);
    const {channelId} = group;
    const some = asking('/messages', {where: {channelId}});
    const {body} = await http.patch(some, {body: 'Censored'});
    expect(body).to.deepEqual({count: 1});
    const row = await group.read(message.id);
    expect(row).to.containEql({
      body: 'Censored',
      modifiedBy: group.id('eve'),
    });
  });
});

describeOverStores(
  'A bulk change of very many messages',
  store => {
    const chat = givenChatAppOfSuite({store});

    it('numbers each, in the order of seq', async () => {
      const group = await givenGroup(chat());
      const {channelId} = group;
      const size = 1100;
      const messages = await chat().app.get<MessageRepository>(
        'repositories.MessageRepository',
      );
      await messages.createAll(
        upTo(size).map(seq => ({
          id: randomUUID(),
          ...{channelId, channelType: 'group', body: `Text ${seq}`},
          ...{seq, changeSeq: seq, createdBy: group.id('ann')},
        })),
      );
      const channels = await chat().app.get<ChannelRepository>(
        'repositories.ChannelRepository',
      );
      const counters = {messageSeq: size, changeSeq: size};
      await channels.updateById(channelId, counters);
      const ann = await group.http('ann');
      const {body} = await ann.patch('/messages', {body: 'All'});
      expect(body).to.deepEqual({count: size});
      const stored = await storedIn(chat(), channelId);
      const numbers = stored.messages.map(({changeSeq}) => changeSeq);
      expect(numbers).to.deepEqual(upTo(size).map(seq => size + seq));
      expect(stored.edits).to.have.length(size);
    });
  },
  SQL_STORES.slice(0, 1),
);

async function joinAs({chat, channelId}: Group, userId: string) {
  const members = await chat.app.get<{create(row: object): Promise<unknown>}>(
    'repositories.ChannelMemberRepository',
  );
  const place = {channelId, channelType: 'group', userId};
  await members.create({id: randomUUID(), ...place, createdOn: new Date()});
}
