import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {asking} from '../fixtures/checked-client';
import type {RestRow} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {rejection} from '../fixtures/rejection';
import {describeOverStores} from '../fixtures/stores';

const TEXTS = [
  "'; DROP TABLE messages; --",
  '\\\'"` $1 ? :name %s',
  '🌍'.repeat(16_384),
];

describeOverStores('Edits of messages', store => {
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

  async function versions(query = ''): Promise<RestRow[]> {
    const http = await group.http('bob');
    return (await http.get<RestRow[]>(`${path()}/edits${query}`)).body;
  }

  context('when the sender edits', () => {
    it('numbers the change, and tells of it', async () => {
      const events = await group.events('message.edited');
      const service = await group.changes();
      const draft = {messageId: message.id, text: 'Two'};
      const user = group.user('ann');
      const place = await service.edit(user, draft, {origin: 'socket-1'});
      const {channelId} = group;
      expect(place).to.deepEqual({channelId, changeSeq: 2});
      const row = await group.read(message.id);
      expect(row).to.containEql({body: 'Two', ext: 'e1', changeSeq: 2, seq: 1});
      expect(await group.changeSeq()).to.equal(2);
      expect(events).to.have.length(1);
      expect(events[0].editedOn?.toISOString()).to.equal(row.editedOn);
      expect(events[0]).to.containEql({
        channelId: group.channelId,
        channelType: 'group',
        changeSeq: 2,
        actorId: group.id('ann'),
        origin: 'socket-1',
        messageId: message.id,
        body: 'Two',
        ext: 'e1',
      });
    });

    it('keeps what it said before, in order, by every way', async () => {
      await edit('ann', 'Two', {ext: 'e2'});
      const http = await group.http('ann');
      await http.patch(path(), {body: 'Three'});
      await http.put(path(), {body: 'Four'});
      const bulk = asking('/messages', {where: {id: message.id}});
      await http.patch(bulk, {body: 'Five'});
      const history = await versions();
      expect(history.map(({body, ext}) => [body, ext])).to.deepEqual([
        ['One', 'e1'],
        ['Two', 'e2'],
        ['Three', 'e2'],
        ['Four', undefined],
      ]);
      expect(history.map(({changeSeq}) => changeSeq)).to.deepEqual([
        1, 2, 3, 4,
      ]);
      const [first, ...others] = history;
      expect(first.writtenOn).to.equal(message.createdOn);
      others.forEach(({writtenOn}, index) =>
        expect(writtenOn).to.equal(history[index].replacedOn),
      );
      expect((await group.read(message.id)).changeSeq).to.equal(5);
    });

    it('gives the history in parts', async () => {
      for (const text of ['Two', 'Three', 'Four']) await edit('ann', text);
      const bodies = async (query: string) =>
        (await versions(query)).map(({body}) => body);
      expect(await bodies('?limit=2')).to.deepEqual(['One', 'Two']);
      expect(await bodies('?after=2')).to.deepEqual(['Three']);
      const http = await group.http('bob');
      for (const query of ['limit=0', 'limit=1001', 'after=-1', 'after=1e99']) {
        const answer = await http.get<object>(`${path()}/edits?${query}`);
        expect(answer.status).to.be.oneOf(400, 422);
      }
    });

    it('changes nothing when it says so already', async () => {
      const events = await group.events('message.edited');
      const before = await group.read(message.id);
      expect(await edit('ann', 'One')).to.equal(1);
      expect(await edit('ann', 'One', {ext: 'e1'})).to.equal(1);
      const http = await group.http('ann');
      const same = {body: 'One', subject: null, status: 0};
      expect((await http.patch(path(), {body: 'One'})).status).to.equal(204);
      const bulk = asking('/messages', {where: {id: message.id}});
      const {body} = await http.patch(bulk, {body: 'One', status: 0});
      expect(body).to.deepEqual({count: 1});
      await http.put(path(), {...same, subject: undefined, ext: 'e1'});
      expect(await group.read(message.id)).to.deepEqual(before);
      expect(await versions()).to.deepEqual([]);
      expect(await group.changeSeq()).to.equal(1);
      expect(events).to.be.empty();
    });

    it('keeps no history of a mark', async () => {
      const events = await group.events('message.edited');
      const http = await group.http('ann');
      await http.patch(path(), {status: 3});
      await http.patch(path(), {subject: 'S'});
      const row = await group.read(message.id);
      expect(row).to.containEql({status: 3, subject: 'S', changeSeq: 3});
      expect(row).to.not.have.property('editedOn');
      expect(await versions()).to.deepEqual([]);
      expect(events.map(({changeSeq, body}) => [changeSeq, body])).to.deepEqual(
        [
          [2, 'One'],
          [3, 'One'],
        ],
      );
    });

    it('empties ext by null, and leaves it where it is absent', async () => {
      await edit('ann', 'Two');
      expect(await group.read(message.id)).to.containEql({ext: 'e1'});
      await edit('ann', 'Two', {ext: null});
      expect(await group.read(message.id)).to.not.have.property('ext');
      expect((await versions()).map(({ext}) => ext)).to.deepEqual(['e1', 'e1']);
    });

    for (const text of TEXTS) {
      it(`keeps ${text.slice(0, 30)} as it is`, async () => {
        await edit('ann', text);
        await edit('ann', 'Two');
        expect((await versions())[1].body === text).to.be.true();
      });
    }

    it('is still the same message when it is sent again', async () => {
      await edit('ann', 'Two');
      const again = await group.send('ann', 'One', {id: message.id});
      expect(again).to.containEql({id: message.id, body: 'Two', changeSeq: 2});
    });
  });

  context('when the input is wrong', () => {
    for (const text of ['', 'x'.repeat(16_385), 'a\0b', '\ud83d']) {
      it(`refuses ${JSON.stringify(text.slice(0, 8))}`, async () => {
        const err = await rejection(edit('ann', text));
        expect(err).to.containEql({code: 'CHAT_INPUT_INVALID'});
        expect(await group.changeSeq()).to.equal(1);
      });
    }

    it('refuses an ext that is too long', async () => {
      const err = await rejection(edit('ann', 'Two', {ext: 'x'.repeat(4097)}));
      expect(err).to.containEql({code: 'CHAT_INPUT_INVALID'});
    });

    for (const messageId of ['x', "' OR 1=1 --", '', randomUUID()]) {
      it(`finds no message ${messageId.slice(0, 11)}`, async () => {
        const err = await rejection(edit('ann', 'Two', {messageId}));
        expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
      });
    }

    it('finds it in its own channel only', async () => {
      const place = {channelId: givenOther()};
      const err = await rejection(edit('ann', 'Two', place));
      expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
      const {channelId} = group;
      expect(await edit('ann', 'Two', {channelId})).to.equal(2);
    });
  });

  it('keeps every version of many edits at once', async () => {
    const texts = Array.from({length: 25}, (_, index) => `Text ${index}`);
    const numbers = await Promise.all(texts.map(text => edit('ann', text)));
    expect([...numbers].sort((a, b) => a - b)).to.deepEqual(
      texts.map((_, index) => index + 2),
    );
    const history = await versions();
    const {body} = await group.read(message.id);
    const all = [...history.map(version => version.body), body].sort();
    expect(all).to.deepEqual(['One', ...texts].sort());
    const lastOf = numbers.indexOf(26);
    expect(body).to.equal(texts[lastOf]);
  });
});

function givenOther(): string {
  return `group-${randomUUID().slice(0, 8)}`;
}
