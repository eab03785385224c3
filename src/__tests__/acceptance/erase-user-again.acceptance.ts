import {expect, sinon} from '@loopback/testlab';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {givenChatApp} from '../fixtures/chat-app';
import {placesOf} from '../fixtures/database-search';
import {givenErasureOfSuite, sumOf} from '../fixtures/erasure';
import {upTo} from '../fixtures/message-log';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';
import {givenTraces} from '../fixtures/user-traces';

describeOverStores('Erasing a user more than once', store => {
  const world = givenErasureOfSuite(store);

  context('when it is stopped or run more than once', () => {
    it('does what is left after a failure', async () => {
      const traces = await givenTraces(world().stored);
      const {app} = world().chat;
      const changes = await app.get(ChatInternalBindings.MessageChanges);
      const write = sinon.stub(changes, 'write').callThrough();
      const lost = Object.assign(new Error('lost'), {code: 'ECONNRESET'});
      write.onCall(2).rejects(lost);
      try {
        expect(await rejection(world().erase(traces.ann))).to.equal(lost);
      } finally {
        write.restore();
      }
      expect(await world().tracesLeft(traces)).to.not.be.empty();
      await world().erase(traces.ann);
      expect(await world().tracesLeft(traces)).to.be.empty();
    });

    it('does it once when two do it at once', async () => {
      const other =
        store.database === 'memory'
          ? world().chat
          : await givenChatApp({store});
      const another = await other.app.get(ChatServiceBindings.UserDataService);
      const traces = await givenTraces(world().stored);
      const [one, two] = await Promise.all([
        world().erase(traces.ann),
        another.eraseUser(traces.ann),
      ]);
      expect(await world().tracesLeft(traces)).to.be.empty();
      expect(one.messages + two.messages).to.equal(12);
      expect(one.memberships + two.memberships).to.equal(2);
      expect(one.reactions + two.reactions).to.equal(2);
    });

    it('finds what the user sends meanwhile', async () => {
      const [ann, bob] = ['ann', 'bob'].map(givenUserId);
      const text = givenUserId('secret');
      const channelId = givenUserId('task');
      const http = await world().chat.http(ann);
      const draft = {channelId, channelType: 'task', body: text};
      await http.post('/messages', {...draft, toUserId: bob});
      const sends = upTo(50).map(() => http.post('/messages', draft));
      await Promise.race(sends);
      const [answers] = await Promise.all([
        Promise.all(sends),
        world().erase(ann),
      ]);
      const statuses = new Set(answers.map(({status}) => status));
      statuses.delete(200);
      statuses.delete(404);
      expect([...statuses]).to.be.empty();
      expect(await placesOf(world().chat, text)).to.be.empty();
      expect(await placesOf(world().chat, ann)).to.be.empty();
      const messages = await world().messagesOf(channelId);
      const {changeSeq, messageSeq} =
        await world().stored.Channel.findById(channelId);
      expect(messages.map(({seq}) => seq)).to.eql(upTo(messageSeq));
      expect(Math.max(...messages.map(m => m.changeSeq))).to.be.belowOrEqual(
        changeSeq,
      );
    });
  });

  context('when there is nobody to erase', () => {
    it('counts nothing', async () => {
      expect(sumOf(await world().erase(givenUserId('nobody')))).to.equal(0);
    });

    for (const [what, id] of [
      ['no text', ''],
      ['white space at an end', 'ann '],
      ['65 characters', 'a'.repeat(65)],
      ['a NUL', 'a\0'],
      ['half a character', '\ud800'],
    ]) {
      it(`refuses an id of ${what}`, async () => {
        const err = await rejection(world().erase(id));
        expect(err).to.containEql({code: 'CHAT_INPUT_INVALID'});
        expect(() => world().service.exportUser(id)).to.throw({
          code: 'CHAT_INPUT_INVALID',
        });
      });
    }

    it('refuses what is no string', async () => {
      const id = {neq: null} as unknown as string;
      const err = await rejection(world().erase(id));
      expect(err).to.containEql({code: 'CHAT_INPUT_INVALID'});
    });
  });

  context('when the id looks like something else', () => {
    for (const name of ['%', "' OR '1'='1", '$1?"\\\n', '🐢"]', '"system"']) {
      it(`erases ${JSON.stringify(name)} and nobody else`, async () => {
        const token = givenUserId('x');
        const traces = await givenTraces(world().stored, {
          ann: `${name}${token}`,
        });
        const others = await givenTraces(world().stored);
        const before = await world().messagesOf(others.groupId);
        await world().erase(traces.ann);
        expect(await placesOf(world().chat, token)).to.be.empty();
        expect(await placesOf(world().chat, traces.text)).to.be.empty();
        expect(await world().messagesOf(others.groupId)).to.eql(before);
      });
    }

    it('leaves those whose ids contain it', async () => {
      const ann = givenUserId('a');
      const anna = `${ann}na`;
      const others = await givenTraces(world().stored, {ann: anna});
      const before = await world().messagesOf(others.groupId);
      expect(sumOf(await world().erase(ann))).to.equal(0);
      expect(sumOf(await world().erase(ann.toUpperCase()))).to.equal(0);
      expect(await world().messagesOf(others.groupId)).to.eql(before);
    });
  });
});
