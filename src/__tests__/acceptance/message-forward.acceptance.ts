import {expect, sinon} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {MessageRecipientRepository} from '../../repositories';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking, givenCheckedClient} from '../fixtures/checked-client';
import {expectError, type RestRow} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {storedIn} from '../fixtures/stored-rows';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Forwarding of messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;
  let original: RestRow;

  beforeEach(async () => {
    group = await givenGroup(chat());
    original = await group.send('ann', 'Original', {ext: 'e', subject: 'S'});
  });

  /** Sends it on to a user who is not in the group. */
  async function forward(name: Name, fields: object = {}) {
    const place = {toUserId: group.id('eve'), forwardedFrom: original.id};
    const http = await group.http(name);
    return http.post<RestRow>('/messages', {...place, ...fields});
  }

  async function flagsOf(name: Name): Promise<RestRow[]> {
    const where = {messageId: original.id, recipientId: group.id(name)};
    const http = await group.http(name);
    const path = asking('/message-recipients', {filter: {where}});
    return (await http.get<RestRow[]>(path)).body;
  }

  it('passes on what the message says, and notes it for oneself', async () => {
    const {status, body} = await forward('bob');
    expect(status).to.equal(200);
    expect(body).to.containEql({
      body: 'Original',
      forwardedFrom: original.id,
      createdBy: group.id('bob'),
      kind: 'text',
    });
    expect(body).to.not.have.properties('ext', 'subject');
    const eve = await group.http('eve');
    expect((await eve.get(`/messages/${body.id}`)).body).to.deepEqual(body);
    expectError(await eve.get(`/messages/${original.id}`), 404);
    const [flags, ...others] = await flagsOf('bob');
    expect(others).to.be.empty();
    expect(flags).to.containEql({
      channelId: group.channelId,
      isForwarded: true,
      forwardedBy: group.id('bob'),
      isFavorite: false,
      createdBy: group.id('bob'),
    });
    expect(await group.changeSeq()).to.equal(1);
  });

  it('says of its own what it has to say', async () => {
    const forwardedFrom = original.id.toUpperCase();
    const {body} = await forward('bob', {
      body: 'Look!',
      ext: 'x',
      forwardedFrom,
    });
    const {id: is} = original;
    expect(body).to.containEql({body: 'Look!', ext: 'x', forwardedFrom: is});
  });

  it('keeps what else was flagged, in the one row', async () => {
    const http = await group.http('bob');
    const recipients = `/messages/${original.id}/message-recipients`;
    const draft = {recipientId: group.id('bob'), isFavorite: true};
    await http.post(recipients, draft);
    await forward('bob');
    const [flags, ...others] = await flagsOf('bob');
    expect(others).to.be.empty();
    expect(flags).to.containEql({isFavorite: true, isForwarded: true});
    expectError(await http.post(recipients, draft), 409);
  });

  it('is one row again after it was deleted', async () => {
    const ann = await group.http('ann');
    await forward('bob', {body: 'Once'});
    const {status} = await ann.delete(
      `/messages/${original.id}/message-recipients`,
    );
    expect(status).to.equal(200);
    expect(await flagsOf('bob')).to.be.empty();
    await forward('bob', {body: 'Twice'});
    expect(await flagsOf('bob')).to.containDeep([{isForwarded: true}]);
  });

  it('is one row when it is passed on many times at once', async () => {
    const http = await group.http('bob');
    const recipients = `/messages/${original.id}/message-recipients`;
    const answers = await Promise.all([
      ...Array.from({length: 20}, () => forward('bob')),
      http.post(recipients, {recipientId: group.id('bob')}),
    ]);
    for (const {status} of answers) expect(status).to.be.oneOf(200, 409);
    expect(
      answers.slice(0, 20).every(({status}) => status === 200),
    ).to.be.true();
    expect(await flagsOf('bob')).to.have.length(1);
  });

  context('when it is sent again', () => {
    it('is the same message, whatever became of the original', async () => {
      const id = randomUUID();
      const {body: first} = await forward('bob', {id});
      expectError(await forward('ann', {id}), 409);
      const ann = await group.http('ann');
      const states = [
        () => ann.patch(`/messages/${original.id}`, {body: 'Edited'}),
        () => ann.delete(`/messages/${original.id}`),
        () => group.dismiss('bob'),
      ];
      for (const change of states) {
        await change();
        const again = await forward('bob', {id});
        expect([again.status, again.body]).to.deepEqual([200, first]);
        const own = {id, body: 'Original', forwardedFrom: randomUUID()};
        expect((await forward('bob', own)).body).to.deepEqual(first);
      }
      expectError(await forward('bob', {id, body: 'Another'}), 409);
      const {recipients} = await storedIn(chat(), group.channelId);
      expect(recipients.map(row => row.deleted)).to.deepEqual([true]);
    });

    it('repairs the flag that failed', async () => {
      const recipients = await chat().app.get<MessageRecipientRepository>(
        'repositories.MessageRecipientRepository',
      );
      const service = await chat().app.get<{recipients: object}>(
        'chat.forwardMarkService',
      );
      const id = randomUUID();
      const broken = Object.create(recipients);
      const gone = Object.assign(new Error('gone'), {code: '57P01'});
      broken.create = sinon.stub().rejects(gone);
      service.recipients = broken;
      try {
        expectError(await forward('bob', {id}), 503);
      } finally {
        service.recipients = recipients;
      }
      expect(await flagsOf('bob')).to.be.empty();
      const again = await forward('bob', {id});
      expect(again.body).to.containEql({id, body: 'Original', seq: 1});
      expect(await flagsOf('bob')).to.containDeep([{isForwarded: true}]);
    });
  });

  it('answers 422 to what the sender does not see', async () => {
    const deleted = await group.send('ann', 'Gone');
    await (await group.http('ann')).delete(`/messages/${deleted.id}`);
    const toUserId = group.id('ann');
    for (const [name, fields] of [
      ['eve', {toUserId}],
      ['bob', {forwardedFrom: deleted.id}],
      ['bob', {forwardedFrom: randomUUID()}],
      ['bob', {forwardedFrom: 'x'}],
      ['bob', {forwardedFrom: "' OR 1=1 --", body: 'x'}],
      ['bob', {forwardedFrom: '', body: 'x'}],
    ] as const) {
      expectError(await forward(name, fields), 422, 'forwardedFrom');
    }
    await group.dismiss('bob');
    expectError(await forward('bob'), 422, 'forwardedFrom');
    expectError(await forward('bob', {body: 'x'}), 422, 'forwardedFrom');
    const {recipients} = await storedIn(chat(), group.channelId);
    expect(recipients).to.be.empty();
  });

  it('answers 422 to a sender who may not read', async () => {
    const claims = {permissions: ['CreateMessage']};
    const http = await givenCheckedClient(chat(), group.id('bob'), {claims});
    const draft = {toUserId: group.id('eve'), forwardedFrom: original.id};
    const answer = await http.post('/messages', draft);
    expectError(answer, 422, 'forwardedFrom');
  });

  it('answers 422 to no body and nothing to pass on', async () => {
    const forwardedFrom = undefined;
    expectError(await forward('bob', {forwardedFrom}), 422, 'body');
  });

  it('answers 404 to a channel of others', async () => {
    const other = await givenGroup(chat());
    const place = {toUserId: undefined, channelId: other.channelId};
    expectError(await forward('bob', place), 404);
    expect(await flagsOf('bob')).to.be.empty();
  });
});
