import {expect, skipIf} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {ChannelRepository} from '../../repositories';
import {singleChannelId} from '../../services';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  answer,
  befriend,
  block,
  contactsOf,
  expectBlocked,
  givenPeople,
  inbox,
  notify,
  request,
  send,
  type People,
  type RestNotification,
} from '../fixtures/contacts';
import {expectError} from '../fixtures/conversation';
import {givenMessage} from '../fixtures/device';
import {statementsOf} from '../fixtures/statements';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

describeOverStores('Block', store => {
  const isMemory = store.database === 'memory';
  const chat = givenChatAppOfSuite({store});
  let people: People;

  beforeEach(async () => {
    people = await givenPeople(chat());
  });

  context('when a user has blocked another', () => {
    it('refuses messages of the other, by REST and by socket', async () => {
      const {ann, bob} = people;
      await send(bob, ann);
      await block(ann, bob);
      const channelId = singleChannelId(ann.id, bob.id);
      expectBlocked(await send(bob, ann));
      expectBlocked(await send(bob, ann, {channelId}));
      const byId = {toUserId: undefined, channelId};
      expectBlocked(await send(bob, ann, byId));
      expectBlocked(await send(bob, ann, {...byId, channelType: 'single'}));
      const device = await chat().device(bob.id);
      expect(await device.send(givenMessage({receiver: ann.id}))).to.containEql(
        {statusCode: 403, code: 'CHAT_BLOCKED'},
      );
      expect((await ann.http.find()).body).to.have.length(1);
    });

    it('lets the user write to the other', async () => {
      const {ann, bob} = people;
      await block(ann, bob);
      const {status, body} = await send(ann, bob);
      expect(status).to.equal(200);
      expect(body.seq).to.equal(1);
      expectBlocked(await send(bob, ann));
    });

    it('opens no channel for a first message of the other', async () => {
      const {ann, bob} = people;
      await block(ann, bob);
      const device = await chat().device(ann.id);
      expectBlocked(await send(bob, ann));
      const channels = await chat().app.get<ChannelRepository>(
        'repositories.ChannelRepository',
      );
      const id = singleChannelId(ann.id, bob.id);
      expect(await channels.exists(id)).to.be.false();
      expect(device.received).to.be.empty();
    });

    it('opens the channel for the user whom nobody blocks, at once', async () => {
      const {ann, bob} = people;
      await block(ann, bob);
      const [refused, sent] = await Promise.all([
        send(bob, ann),
        send(ann, bob),
      ]);
      expectBlocked(refused);
      expect(sent.status).to.equal(200);
    });

    it('takes messages again once the other is unblocked', async () => {
      const {ann, bob} = people;
      await block(ann, bob);
      expectBlocked(await send(bob, ann));
      const {body} = await block(ann, bob, false);
      expect(body).to.containEql({blocked: false, isFriend: false});
      expect((await send(bob, ann)).status).to.equal(200);
      expect(await contactsOf(ann)).to.deepEqual([]);
    });

    it('leaves channels of more users as they are', async () => {
      const {ann, bob} = people;
      const task = {channelId: givenUserId('task'), channelType: 'task'};
      await send(ann, bob, task);
      await block(ann, bob);
      const sent = await send(bob, ann, {...task, toUserId: undefined});
      expect(sent.status).to.equal(200);
      expect((await ann.http.find()).body).to.have.length(2);
    });

    it('refuses requests and notifications of the other', async () => {
      const {ann, bob} = people;
      await block(ann, bob);
      expectBlocked(await request(bob, ann));
      for (const type of ['add_friend', 'custom']) {
        expectBlocked(await notify(bob, ann, {type}));
      }
      expect(await inbox(ann)).to.deepEqual([]);
    });

    it('rejects what the other has asked before', async () => {
      const {ann, bob} = people;
      const {body} = await request(bob, ann);
      await block(ann, bob);
      const path = `/notifications/${body.id}`;
      const seen = await bob.http.get<RestNotification>(path);
      expect(seen.body.status).to.equal('rejected');
      expectError(await answer(ann, body, 'accept'), 409);
      await block(ann, bob, false);
      expect((await request(bob, ann)).body.status).to.equal('initial');
    });

    it('lets the other not accept what the user has asked', async () => {
      const {ann, bob} = people;
      const {body} = await request(ann, bob);
      await block(ann, bob);
      expectBlocked(await answer(bob, body, 'accept'));
      const path = `/notifications/${body.id}`;
      const fulfilled = {status: 'fulfilled'};
      expectBlocked(await bob.http.patch(path, fulfilled));
      expect(await contactsOf(bob)).to.deepEqual([]);
      await block(ann, bob, false);
      expect((await answer(bob, body, 'accept')).status).to.equal(200);
    });

    it('leaves friends friends, of whom one is not heard', async () => {
      const {ann, bob} = people;
      await befriend(ann, bob);
      const {body} = await block(ann, bob);
      expect(body).to.containEql({isFriend: true, blocked: true});
      const [others] = await contactsOf(bob);
      expect(others).to.containEql({isFriend: true, blocked: false});
      expectBlocked(await send(bob, ann));
      expectBlocked(await request(bob, ann));
    });

    it('does so twice just as once', async () => {
      const {ann, bob} = people;
      const {body} = await block(ann, bob);
      expect((await block(ann, bob)).body).to.deepEqual(body);
      for (const round of [1, 2]) {
        const {status} = await block(ann, bob, false);
        expect([round, status]).to.deepEqual([round, 200]);
      }
      expectError(await ann.http.get(`/contacts/${bob.id}`), 404);
    });
  });

  context('when a message is sent again after the block', () => {
    it('answers what is stored, and counts it once', async () => {
      const {ann, bob} = people;
      const id = randomUUID();
      const sent = await send(bob, ann, {id});
      await block(ann, bob);
      const device = await chat().device(ann.id);
      for (const again of [id, id.toUpperCase()]) {
        const {status, body} = await send(bob, ann, {id: again});
        expect(status).to.equal(200);
        expect(body).to.deepEqual(sent.body);
      }
      const next = await send(ann, bob);
      expect(next.body).to.containEql({seq: 2, changeSeq: 2});
      await device.receive(next.body.id);
      expect(device.received).to.have.length(1);
    });

    it('answers 409 when it says something else', async () => {
      const {ann, bob, eve} = people;
      const id = randomUUID();
      await send(bob, ann, {id});
      await block(ann, bob);
      await block(ann, eve);
      expectError(await send(bob, ann, {id, body: 'Other'}), 409);
      expectError(await send(eve, ann, {id}), 409);
    });

    it('stores nothing more of fifty at once', async () => {
      const {ann, bob} = people;
      const drafts = Array.from({length: 50}, () => ({id: randomUUID()}));
      const [blocked, ...answers] = await Promise.all([
        block(ann, bob),
        ...drafts.map(draft => send(bob, ann, draft)),
      ]);
      expect(blocked.status).to.equal(200);
      const sent = answers.filter(({status}) => status === 200);
      for (const refused of answers) {
        if (refused.status !== 200) expectBlocked(refused);
      }
      expectBlocked(await send(bob, ann));
      const again = await Promise.all(
        drafts.map(draft => send(bob, ann, draft)),
      );
      expect(again.filter(({status}) => status === 200)).to.have.length(
        sent.length,
      );
      const {body} = await send(ann, bob);
      expect(body.seq).to.equal(sent.length + 1);
    });
  });

  skipIf(
    isMemory,
    it,
    'costs a message nothing where nobody is blocked',
    async () => {
      const {ann, bob} = people;
      await send(ann, bob);
      const statements = await statementsOf(chat(), async () => {
        expect((await send(ann, bob)).status).to.equal(200);
      });
      const most = store.database === 'mysql' ? 8 : 1;
      expect(statements.length).to.be.within(1, most);
      const selects = statements.filter(({sql}) =>
        /FROM\W+chat_contacts/.test(sql),
      );
      expect(selects.length).to.be.lessThanOrEqual(1);
    },
  );
});
