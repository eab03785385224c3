import {expect} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import type {Message} from '../../models';
import type {ChatApp} from '../fixtures/chat-app';
import {givenCheckedClient} from '../fixtures/checked-client';
import {placesOf} from '../fixtures/database-search';
import {givenMessage} from '../fixtures/device';
import {ALIAS, givenErasureOfSuite} from '../fixtures/erasure';
import {upTo} from '../fixtures/message-log';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';
import {givenTraces, type Traces} from '../fixtures/user-traces';

/** The events that carry the numbers of what an erasure changes. */
const NUMBERED = [
  ...(['member.removed', 'member.updated'] as const),
  ...(['channel.updated', 'channel.deleted'] as const),
  ...(['message.deleted', 'message.edited', 'message.reacted'] as const),
];

describeOverStores('Those whom an erased user knew', store => {
  const world = givenErasureOfSuite(store);

  context('when clients have copies', () => {
    /** The numbers that events tell of, by channel. */
    async function numbersTold(
      {channelIds}: Traces,
      work: () => Promise<unknown>,
    ): Promise<Map<string, number[]>> {
      const events = await world().chat.app.get(ChatServiceBindings.Events);
      const numbers = new Map(channelIds.map(id => [id, [] as number[]]));
      const note = (event: {channelId: string; changeSeq: number}) =>
        void numbers.get(event.channelId)?.push(event.changeSeq);
      const ends = NUMBERED.map(name => events.on(name, note));
      await work();
      ends.forEach(end => end());
      return numbers;
    }

    it('gives every change a number and leaves no gap', async () => {
      const traces = await givenTraces(world().stored);
      const before = await world().channelsOf(traces);
      const told = await numbersTold(traces, () => world().erase(traces.ann));
      for (const channel of await world().channelsOf(traces)) {
        const since = before.find(({id}) => id === channel.id)?.changeSeq ?? 0;
        const messages = await world().messagesOf(channel.id);
        const numbers = new Set([
          ...(told.get(channel.id) ?? []),
          ...messages.map(({changeSeq}) => changeSeq),
        ]);
        const isNew = (n: number) => n > since;
        expect([...numbers].filter(isNew).sort((a, b) => a - b)).to.eql(
          upTo(channel.changeSeq).filter(isNew),
        );
        expect(channel.rosterChangeSeq).to.be.above(since);
      }
    });

    it('brings a copy to the present state by the changes since', async () => {
      const {ann, groupId, text} = await givenTraces(world().stored);
      const {changeSeq} = await world().stored.Channel.findById(groupId);
      const copy = new Map(
        (await world().messagesOf(groupId)).map(message => [
          message.id,
          message,
        ]),
      );
      await world().erase(ann);
      const where = {channelId: groupId, changeSeq: {gt: changeSeq}};
      for (const message of await world().stored.Message.find({where})) {
        copy.set(message.id, message);
      }
      expect([...copy.values()]).to.eql(await world().messagesOf(groupId));
      const known = JSON.stringify([...copy.values()]);
      expect(known.includes(ann) || known.includes(text)).to.be.false();
    });

    it('tells of deletions and new texts without the id', async () => {
      const traces = await givenTraces(world().stored);
      const events = await world().chat.app.get(ChatServiceBindings.Events);
      const told: object[] = [];
      const ends = [
        events.on('message.deleted', event => told.push(event)),
        events.on('message.edited', event => told.push(event)),
      ];
      await world().erase(traces.ann);
      ends.forEach(end => end());
      expect(told).to.have.length(3 + 4);
      expect(JSON.stringify(told)).to.not.containEql(traces.ann);
    });
  });

  context('when the user has a single channel', () => {
    async function givenPair(app: ChatApp) {
      const [ann, bob] = ['ann', 'bob'].map(givenUserId);
      const [ofAnn, ofBob] = await Promise.all(
        [ann, bob].map(id => givenCheckedClient(app, id)),
      );
      await ofAnn.post('/messages', {toUserId: bob, body: 'From Ann'});
      const {body} = await ofBob.post('/messages', {
        ...{toUserId: ann, body: 'From Bob'},
      });
      return {ann, bob, ofBob, channelId: body.channelId};
    }

    it('lets the partner go on reading it', async () => {
      const {ann, ofBob, channelId} = await givenPair(world().chat);
      await world().erase(ann);
      const {body} = await ofBob.find<Message[]>({where: {channelId}});
      expect(body.map(message => message.body)).to.eql(['From Bob']);
      expect(body[0].toUserId).to.match(ALIAS);
      expect(await placesOf(world().chat, ann)).to.be.empty();
    });

    it('answers 404 to the partner who writes, however', async () => {
      const {ann, ofBob, channelId} = await givenPair(world().chat);
      await world().erase(ann);
      for (const address of [
        {channelId},
        {channelId, channelType: 'single'},
        {toUserId: ann},
        {toUserId: ann, channelId},
      ]) {
        const draft = {...address, body: 'Hello?'};
        const {status} = await ofBob.post('/messages', draft);
        expect(status).to.equal(404);
      }
      expect(await placesOf(world().chat, ann)).to.be.empty();
    });

    it('lets both be erased', async () => {
      const {ann, bob, channelId} = await givenPair(world().chat);
      await Promise.all([ann, bob].map(id => world().erase(id)));
      const messages = await world().messagesOf(channelId);
      expect(messages.map(({body}) => body)).to.eql(['', '']);
    });
  });

  context('when the user is connected', () => {
    it('takes the devices out of the rooms', async () => {
      const [ann, bob] = ['ann', 'bob'].map(givenUserId);
      const channelId = givenUserId('task');
      const http = await world().chat.http(bob);
      const draft = {channelId, channelType: 'task', body: 'Hello'};
      await http.post('/messages', {...draft, toUserId: ann});
      const [ofAnn, ofBob] = [
        await world().chat.device(ann),
        await world().chat.device(bob),
      ];
      const {body: first} = await http.post('/messages', draft);
      await ofAnn.receive(first.id);
      await world().erase(ann);
      const {body: second} = await http.post('/messages', draft);
      await ofBob.receive(second.id);
      // What was written to Ann's own room comes after anything of the channel.
      const last = givenMessage({receiver: ann});
      const eve = await world().chat.device(givenUserId('eve'));
      await eve.send(last);
      await ofAnn.receive(String(last.id));
      expect(ofAnn.received.map(({id}) => id)).to.not.containEql(second.id);
    });
  });
});
