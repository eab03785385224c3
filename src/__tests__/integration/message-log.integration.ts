import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {StoredMessage} from '../../repositories';
import {
  givenChannel,
  givenLogNode,
  upTo,
  type GivenChannel,
  type LogNode,
} from '../fixtures/message-log';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

const seqs = (messages: (StoredMessage | undefined)[]) =>
  messages.map(message => message?.seq);

describeOverStores('Message log', store => {
  let node: LogNode;
  let channel: GivenChannel;

  beforeEach(async () => {
    node = await givenLogNode(store);
    channel = givenChannel();
  });

  context('when messages come one after the other', () => {
    it('numbers them 1 to n', async () => {
      const answers = [];
      for (let i = 0; i < 10; i++) answers.push(await node.append(channel));
      expect(seqs(answers)).to.deepEqual(upTo(10));
      expect(answers.map(a => a?.changeSeq)).to.deepEqual(upTo(10));
      expect(seqs(await node.stored(channel))).to.deepEqual(upTo(10));
    });

    it('answers what is stored', async () => {
      const answer = await node.append(channel, {
        body: 'Hi 🌍',
        subject: 'S',
        ext: '{}',
        toUserId: 'bob',
        status: 7,
        parentMessageId: randomUUID(),
      });
      const [stored] = await node.stored(channel);
      expect(JSON.parse(JSON.stringify(stored))).to.deepEqual(
        JSON.parse(JSON.stringify(answer)),
      );
    });
  });

  context('when messages come at once', () => {
    it('numbers them in the order they came in', async () => {
      const bodies = upTo(1000).map(String);
      const appended: number[] = [];
      const answers = await Promise.all(
        bodies.map(body =>
          node.append(
            channel,
            {body},
            {onAppended: message => appended.push(message.seq)},
          ),
        ),
      );
      expect(seqs(answers)).to.deepEqual(upTo(1000));
      expect(appended).to.deepEqual(upTo(1000));
      const stored = await node.stored(channel);
      expect(stored.map(({body}) => body)).to.deepEqual(bodies);
    });

    it('numbers each of many channels on its own', async () => {
      const channels = upTo(20).map(() => givenChannel());
      const answers = await Promise.all(
        upTo(400).map(i => node.append(channels[i % 20])),
      );
      expect(answers).to.not.containEql(undefined);
      for (const one of channels) {
        expect(seqs(await node.stored(one))).to.deepEqual(upTo(20));
      }
    });

    it('stores texts larger than a batch together', async () => {
      const body = '🌍'.repeat(16_384);
      const answers = await Promise.all(
        upTo(100).map(() => node.append(channel, {body})),
      );
      expect(seqs(answers)).to.deepEqual(upTo(100));
      const [stored] = await node.stored(channel);
      expect(stored.body === body).to.be.true();
    });
  });

  context('when one id comes again', () => {
    it('gives the stored message, fifty times at once', async () => {
      const id = randomUUID();
      let told = 0;
      const answers = await Promise.all(
        upTo(50).map(() =>
          node.append(channel, {id}, {onAppended: () => told++}),
        ),
      );
      for (const answer of answers) expect(answer).to.deepEqual(answers[0]);
      expect(seqs(await node.stored(channel))).to.deepEqual([1]);
      expect(told).to.equal(1);
    });

    it('gives the stored message, among new ones', async () => {
      const id = randomUUID();
      const first = await node.append(channel, {id, body: 'First'});
      const answers = await Promise.all([
        ...upTo(5).map(() => node.append(channel)),
        node.append(channel, {id, body: 'Another'}),
        ...upTo(5).map(() => node.append(channel)),
      ]);
      expect(answers[5]).to.containEql({id, body: 'First', seq: 1});
      expect(answers[5]?.createdOn).to.deepEqual(first?.createdOn);
      answers.splice(5, 1);
      expect(seqs(answers)).to.deepEqual(upTo(11).slice(1));
      expect(seqs(await node.stored(channel))).to.deepEqual(upTo(11));
    });

    it('gives the stored messages of a batch of nothing else', async () => {
      const ids = upTo(100).map(() => randomUUID());
      const send = () => Promise.all(ids.map(id => node.append(channel, {id})));
      const first = await send();
      expect(seqs(await send())).to.deepEqual(seqs(first));
      expect(seqs(await node.stored(channel))).to.deepEqual(upTo(100));
      expect((await node.append(channel))?.seq).to.equal(101);
    });

    it('is one message when it comes for two channels at once', async () => {
      const id = randomUUID();
      const other = givenChannel();
      await node.append(channel);
      await node.append(other);
      const answers = await Promise.all([
        node.append(channel, {id}),
        node.append(other, {id}),
      ]);
      expect(answers[0]).to.deepEqual(answers[1]);
      const stored = [
        ...(await node.stored(channel)),
        ...(await node.stored(other)),
      ];
      expect(stored.filter(message => message.id === id)).to.have.length(1);
    });
  });

  context('when the sender is no member', () => {
    it('stores nothing and gives undefined', async () => {
      await node.append(channel);
      const stranger = {createdBy: givenUserId('eve')};
      expect(await node.append(channel, stranger)).to.be.undefined();
      expect((await node.append(channel))?.seq).to.equal(2);
      expect(await node.stored(channel)).to.have.length(2);
    });

    it('leaves no gap among members in the same batch', async () => {
      await node.append(channel);
      const createdBy = givenUserId('eve');
      const answers = await Promise.all(
        upTo(20).map(i => node.append(channel, i % 2 ? {} : {createdBy})),
      );
      const members = answers.filter((_, index) => index % 2 === 0);
      expect(seqs(members)).to.deepEqual(upTo(11).slice(1));
      expect(answers.filter(answer => !answer)).to.have.length(10);
    });

    it('stores nothing in a channel that there is not', async () => {
      const message = {
        id: randomUUID(),
        channelId: givenUserId('nowhere'),
        createdBy: givenUserId('eve'),
        body: 'x',
        kind: 'text',
      };
      expect(await node.log.append({message})).to.be.undefined();
    });

    it('takes one who only differs in case for another', async () => {
      await node.append(channel);
      const createdBy = channel.member.toUpperCase();
      expect(await node.append(channel, {createdBy})).to.be.undefined();
      const id = channel.id.toUpperCase();
      expect(await node.append({...channel, id})).to.be.undefined();
    });
  });

  context('when a channel is opened', () => {
    it('tells it once, before its first message', async () => {
      const told: string[] = [];
      await Promise.all(
        upTo(20).map(() =>
          node.append(
            channel,
            {},
            {
              onOpened: ({id}) => told.push(`opened ${id}`),
              onAppended: ({seq}) => told.push(String(seq)),
            },
          ),
        ),
      );
      expect(told[0]).to.equal(`opened ${channel.id}`);
      expect(told.slice(1)).to.deepEqual(upTo(20).map(String));
    });
  });

  context('when more messages wait than it takes', () => {
    it('refuses the rest and stores what it took', async () => {
      const small = await givenLogNode(store, {maxWaiting: 10});
      const answers = await Promise.allSettled(
        upTo(25).map(() => small.append(channel)),
      );
      const taken = answers.filter(({status}) => status === 'fulfilled');
      expect(taken).to.have.length(10);
      expect(seqs(await small.stored(channel))).to.deepEqual(upTo(10));
      expect((await small.append(channel))?.seq).to.equal(11);
    });
  });
});
