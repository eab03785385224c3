import {expect, sinon} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {givenChatApp, givenChatAppOfSuite} from '../fixtures/chat-app';
import {upTo} from '../fixtures/message-log';
import {rejection} from '../fixtures/rejection';
import {givenRetention, inDays} from '../fixtures/retention';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';
import {givenStoredChannel, storedIn, type Stored} from '../fixtures/stored';

describeOverStores('Retention', store => {
  // A type of channel that no other test has.
  const type = givenUserId('kept');
  const config = {maxAgeDays: {[type]: 30}};
  const chat = givenChatAppOfSuite({store});
  const givenService = () => givenRetention(chat(), config);
  const [ann, bob] = ['ann', 'bob'].map(givenUserId);
  let stored: Stored;

  before(async () => {
    stored = await storedIn(chat());
  });

  /** Messages of these ages, in days; the oldest first. */
  async function givenAged(ages: number[], channelType = type) {
    const lines = ages.map((age, i) => ({
      createdBy: i % 2 ? bob : ann,
      body: `secret ${age}`,
      subject: 'secret',
      ext: 'secret',
      createdOn: inDays(-age),
    }));
    const properties = {
      type: channelType,
      activeOn: inDays(-(ages.at(-1) ?? 0)),
    };
    const {channelId, messageIds} = await givenStoredChannel(
      stored,
      properties,
      [[ann], [bob]],
      lines,
    );
    return {channelId, messageIds};
  }

  const messagesOf = (channelId: string) =>
    stored.Message.find({where: {channelId}, order: ['seq ASC']});

  const deletedIn = async (channelId: string) =>
    (await messagesOf(channelId)).map(({deleted}) => !!deleted);

  context('when messages are too old', () => {
    it('makes tombstones of them and leaves the others', async () => {
      const {channelId} = await givenAged([40, 31, 29, 0]);
      await (await givenService()).sweep();
      const [first, second, ...rest] = await messagesOf(channelId);
      for (const message of [first, second]) {
        expect(message).to.containEql({
          ...{body: '', deleted: true, deletedBy: 'chat:retention'},
        });
        expect(message.subject ?? message.ext).to.be.undefined();
      }
      expect(first.createdBy).to.equal(ann);
      expect(rest.map(({body}) => body)).to.eql(['secret 29', 'secret 0']);
    });

    it('strips edits and reactions, and deletes files and flags', async () => {
      const {channelId, messageIds} = await givenAged([40, 0]);
      const createdOn = new Date();
      const both = messageIds.map(messageId => ({
        ...{id: randomUUID(), messageId, channelId, createdOn},
      }));
      await stored.MessageEdit.createAll(
        both.map(({createdOn: at, ...row}) => ({
          ...{...row, changeSeq: 1, body: 'secret'},
          ...{writtenOn: at, replacedOn: at},
        })),
      );
      await stored.MessageReaction.createAll(
        both.map(row => ({...row, userId: bob, emoji: '👍'})),
      );
      const audited = {modifiedOn: createdOn, createdBy: ann};
      await stored.MessageRecipient.createAll(
        both.map(row => ({...row, ...audited, recipientId: bob})),
      );
      await stored.AttachmentFile.createAll(
        both.map(row => ({...row, ...audited, fileKey: 'key'})),
      );
      await (await givenService()).sweep();
      const [, kept] = messageIds;
      const where = {channelId};
      const idsOf = (rows: {messageId?: string}[]) =>
        rows.map(row => row.messageId);
      expect(idsOf(await stored.MessageEdit.find({where}))).to.eql([kept]);
      expect(idsOf(await stored.MessageReaction.find({where}))).to.eql([kept]);
      const live = {where: {...where, deleted: false}};
      expect(idsOf(await stored.MessageRecipient.find(live))).to.eql([kept]);
      expect(idsOf(await stored.AttachmentFile.find(live))).to.eql([kept]);
    });

    it('numbers and tells each deletion, in batches, without a gap', async () => {
      const ages = upTo(450).map(n => 500 - n);
      const {channelId} = await givenAged([...ages, 0]);
      const events = await chat().app.get(ChatServiceBindings.Events);
      const told: number[] = [];
      const end = events.on('message.deleted', event => {
        if (event.channelId === channelId) told.push(event.changeSeq);
      });
      const ledger = await chat().app.get(ChatInternalBindings.ChannelLedger);
      const change = sinon.spy(ledger, 'change');
      await (await givenService()).sweep();
      change.restore();
      end();
      const batches = change.args.filter(([[id]]) => id === channelId);
      expect(batches).to.have.length(3);
      expect(told).to.eql(upTo(450).map(n => 451 + n));
      const {changeSeq} = await stored.Channel.findById(channelId);
      expect(changeSeq).to.equal(451 + 450);
      const where = {channelId, changeSeq: {gt: 451}};
      const changed = await stored.Message.find({where, order: ['seq ASC']});
      expect(changed.map(message => message.changeSeq)).to.eql(told);
    });

    it('counts what it deletes, and nothing the second time', async () => {
      await givenAged([40, 35, 0]);
      await givenAged([40]);
      const service = await givenService();
      expect(await service.sweep()).to.eql({messages: 3, channels: 2});
      expect(await service.sweep()).to.eql({messages: 0, channels: 0});
      const another = await givenService();
      expect(await another.sweep()).to.eql({messages: 0, channels: 0});
    });

    it('finds what has come of age since', async () => {
      const service = await givenService();
      const http = await chat().http(ann);
      const channelId = givenUserId('c');
      await service.sweep(inDays(29));
      await http.post('/messages', {channelId, channelType: type, body: 'x'});
      await service.sweep(inDays(29.9));
      expect(await deletedIn(channelId)).to.eql([false]);
      await service.sweep(inDays(30.1));
      expect(await deletedIn(channelId)).to.eql([true]);
      await http.post('/messages', {channelId, channelType: type, body: 'y'});
      await service.sweep(inDays(30.2));
      expect(await deletedIn(channelId)).to.eql([true, true]);
    });

    it('sweeps a deleted group too', async () => {
      const {channelId} = await givenAged([40]);
      await stored.Channel.updateById(channelId, {deleted: true});
      await (await givenService()).sweep();
      expect(await deletedIn(channelId)).to.eql([true]);
    });
  });

  context('when the config says nothing of it', () => {
    it('leaves other types of channels alone', async () => {
      const {channelId} = await givenAged([400], givenUserId('other'));
      const {channelId: alike} = await givenAged([400], type.toUpperCase());
      await (await givenService()).sweep();
      expect(await deletedIn(channelId)).to.eql([false]);
      expect(await deletedIn(alike)).to.eql([false]);
    });

    it('does nothing at all', async () => {
      const {channelId} = await givenAged([400], givenUserId('other'));
      const service = await givenRetention(chat(), {});
      expect(await service.sweep()).to.eql({messages: 0, channels: 0});
      expect(await deletedIn(channelId)).to.eql([false]);
    });
  });

  context('when others are there at once', () => {
    it('deletes each message once, however many sweep', async () => {
      const {channelId} = await givenAged([...upTo(300).map(() => 40), 0]);
      const isShared = store.database !== 'memory';
      const other = isShared ? await givenChatApp({store}) : chat();
      const services = await Promise.all(
        [chat(), chat(), other, other].map(app => givenRetention(app, config)),
      );
      const counts = await Promise.all(services.map(each => each.sweep()));
      const total = counts.reduce((sum, {messages}) => sum + messages, 0);
      expect(total).to.equal(300);
      const {changeSeq} = await stored.Channel.findById(channelId);
      expect(changeSeq).to.equal(301 + 300);
    });

    it('leaves no text of a message that is edited meanwhile', async () => {
      const ids = upTo(20);
      const {channelId, messageIds} = await givenAged(ids.map(() => 40));
      const {app} = chat();
      const ledger = await app.get(ChatInternalBindings.ChannelLedger);
      const changes = await app.get(ChatInternalBindings.MessageChanges);
      // As an edit is made: only of what is not deleted under the lock.
      const edit = (id: string) =>
        ledger.change([channelId], async change => {
          const where = {id, deleted: false};
          const [row] = await stored.Message.find({where}, change.options);
          if (!row) return;
          const changeSeq = change.nextChange(channelId);
          await changes.keep(change, [{id, changeSeq}]);
          await changes.write(change, [{id, changeSeq}], {body: 'secret'});
        });
      const service = await givenService();
      await Promise.all([
        ...messageIds.slice(0, 10).map(edit),
        service.sweep(),
        ...messageIds.slice(10).map(edit),
      ]);
      const messages = await messagesOf(channelId);
      expect(messages.every(({body}) => body === '')).to.be.true();
      const edits = await stored.MessageEdit.count({channelId});
      expect(edits.count).to.equal(0);
      const numbers = new Set(messages.map(({changeSeq}) => changeSeq));
      expect(numbers.size).to.equal(20);
    });

    it('goes on after a failure with what is left', async () => {
      const {channelId} = await givenAged(upTo(250).map(() => 40));
      const {app} = chat();
      const changes = await app.get(ChatInternalBindings.MessageChanges);
      const write = sinon.stub(changes, 'write').callThrough();
      const lost = Object.assign(new Error('lost'), {code: 'ECONNRESET'});
      write.onCall(1).rejects(lost);
      const service = await givenService();
      try {
        expect(await rejection(service.sweep())).to.equal(lost);
      } finally {
        write.restore();
      }
      await service.sweep();
      expect((await deletedIn(channelId)).every(Boolean)).to.be.true();
    });

    it('ends after its batch when it is told to', async () => {
      const {channelId} = await givenAged(upTo(450).map(() => 40));
      const ending = new AbortController();
      const events = await chat().app.get(ChatServiceBindings.Events);
      const end = events.on('message.deleted', () => ending.abort());
      const service = await givenService();
      const {messages} = await service.sweep(new Date(), ending.signal);
      end();
      expect(messages).to.equal(200);
      const deleted = await deletedIn(channelId);
      expect(deleted.filter(Boolean)).to.have.length(200);
      await service.sweep();
      expect((await deletedIn(channelId)).every(Boolean)).to.be.true();
    });
  });
});
