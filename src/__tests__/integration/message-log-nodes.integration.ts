import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {singleChannelId} from '../../services';
import {
  givenChannel,
  givenLogNode,
  upTo,
  type GivenChannel,
  type LogNode,
} from '../fixtures/message-log';
import {countTransactions} from '../fixtures/transactions';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

/** Two processes on one database. */
describeOverStores(
  'Message log of two nodes',
  store => {
    let nodes: LogNode[];
    let channel: GivenChannel;

    beforeEach(async () => {
      nodes = [await givenLogNode(store), await givenLogNode(store)];
      channel = givenChannel();
    });

    context('when one id comes to both', () => {
      it('is stored once, and both give it', async () => {
        for (let round = 0; round < 20; round++) {
          const id = randomUUID();
          const answers = await Promise.all(
            upTo(6).map(i => nodes[i % 2].append(channel, {id})),
          );
          for (const answer of answers) {
            expect(answer).to.containEql({id, seq: round + 1});
            expect(answer?.createdOn).to.deepEqual(answers[0]?.createdOn);
          }
        }
        expect(await nodes[0].stored(channel)).to.have.length(20);
      });

      it('is stored once among others, many at once', async () => {
        const shared = upTo(100).map(() => randomUUID());
        const send = (node: LogNode) =>
          shared.flatMap(id => [
            node.append(channel, {id}),
            node.append(channel),
          ]);
        const answers = await Promise.all(nodes.flatMap(send));
        expect(answers.every(answer => answer)).to.be.true();
        const stored = await nodes[0].stored(channel);
        expect(stored.map(({seq}) => seq)).to.deepEqual(upTo(300));
        const ids = new Set(stored.map(({id}) => id));
        expect(shared.every(id => ids.has(id))).to.be.true();
      });
    });

    context('when both write to the same channels in opposite order', () => {
      it('loses, doubles and refuses nothing', async () => {
        const channels = upTo(20).map(() => givenChannel());
        const reversed = [...channels].reverse();
        const send = (node: LogNode, index: number) =>
          upTo(50).flatMap(() =>
            (index ? reversed : channels).map(one => node.append(one)),
          );
        const answers = await Promise.all(nodes.flatMap(send));
        expect(answers).to.have.length(2000);
        expect(answers.every(answer => answer)).to.be.true();
        for (const one of channels) {
          const seqs = (await nodes[0].stored(one)).map(({seq}) => seq);
          expect(seqs).to.deepEqual(upTo(100));
        }
      });
    });

    context('when both ends open their channel at once', () => {
      it('makes one channel of two members', async () => {
        for (let round = 0; round < 10; round++) {
          const pair = [givenUserId('ann'), givenUserId('bob')];
          const id = singleChannelId(pair[0], pair[1]);
          let opened = 0;
          const answers = await Promise.all(
            pair.map((member, index) => {
              const memberIds = [member, pair[1 - index]];
              const opens = {id, type: 'single', createdBy: member, memberIds};
              const onOpened = () => opened++;
              return nodes[index].append({id, member, opens}, {}, {onOpened});
            }),
          );
          const seqs = answers.map(answer => answer?.seq).sort();
          expect(seqs).to.deepEqual([1, 2]);
          expect(opened).to.equal(1);
          const members = await nodes[0].chat.app.get<{
            userIdsOf(id: string): Promise<string[]>;
          }>('repositories.ChannelMemberRepository');
          expect((await members.userIdsOf(id)).sort()).to.deepEqual(
            pair.sort(),
          );
        }
      });
    });

    context('when the database refuses a message', () => {
      it('stores the others in their order and without gap', async () => {
        const node = await givenLogNode(store, {maxBatchSize: 10});
        await node.append(channel, {body: '0'});
        const refused = {kind: undefined};
        const answers = await Promise.allSettled(
          upTo(100).map(i =>
            node.append(channel, {body: `${i}`, ...(i === 35 && refused)}),
          ),
        );
        expect(answers[34].status).to.equal('rejected');
        const acked = answers.flatMap(answer =>
          answer.status === 'fulfilled' ? [answer.value?.body] : [],
        );
        expect(acked.length).to.be.within(90, 99);
        const stored = await node.stored(channel);
        expect(stored.map(({body}) => body)).to.deepEqual(['0', ...acked]);
        expect(stored.map(({seq}) => seq)).to.deepEqual(upTo(stored.length));
      });

      it('stores them all when they come again', async () => {
        const [node] = nodes;
        const ids = upTo(50).map(() => randomUUID());
        await Promise.allSettled([
          ...ids.map(id => node.append(channel, {id})),
          node.append(channel, {kind: undefined}),
        ]);
        const send = () => ids.map(id => node.append(channel, {id}));
        const answers = await Promise.all(send());
        expect(answers.map(answer => answer?.seq)).to.deepEqual(upTo(50));
      });
    });

    context('when a thousand messages come at once', () => {
      it('stores them in far fewer transactions', async () => {
        const [node] = nodes;
        await node.append(channel);
        const transactions = await countTransactions(node.chat, () =>
          Promise.all(upTo(1000).map(() => node.append(channel))),
        );
        expect(transactions).to.be.within(1, 50);
        expect(await node.stored(channel)).to.have.length(1001);
      });
    });
  },
  SQL_STORES,
);
