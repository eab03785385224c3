import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {expectError, type RestRow} from '../fixtures/conversation';
import {givenGroup, type Group, type Name} from '../fixtures/group-of-four';
import {rejection} from '../fixtures/rejection';
import {storedIn} from '../fixtures/stored-rows';
import {describeOverStores} from '../fixtures/stores';

const SECRET = 'an embarrassing secret';

describeOverStores('Who may delete messages', store => {
  const chat = givenChatAppOfSuite({store});
  let group: Group;
  let message: RestRow;

  beforeEach(async () => {
    group = await givenGroup(chat());
    message = await group.send('ann', SECRET, {ext: SECRET, subject: SECRET});
  });

  const path = () => `/messages/${message.id}`;

  async function remove(name: Name, more: object = {}, permissions?: string[]) {
    const ref = {messageId: message.id, ...more};
    const changes = await group.changes();
    const {changeSeq} = await changes.remove(
      group.user(name, permissions),
      ref,
    );
    return changeSeq;
  }

  context('when somebody else deletes', () => {
    for (const name of ['adam', 'olga'] as const) {
      it(`lets ${name}, who administers the group`, async () => {
        expect(await remove(name)).to.equal(2);
        const other = await group.send('ann', 'x');
        const http = await group.http(name);
        const answer = await http.delete(`/messages/${other.id}`);
        expect(answer.status).to.equal(204);
        const {messages} = await storedIn(chat(), group.channelId);
        expect(messages.map(row => row.deletedBy)).to.deepEqual([
          group.id(name),
          group.id(name),
        ]);
      });
    }

    async function expectRefused(name: Name, code: string): Promise<void> {
      expect(await rejection(remove(name))).to.containEql({code});
      const status = code === 'CHAT_FORBIDDEN' ? 403 : 404;
      const http = await group.http(name);
      expectError(await http.delete(path()), status);
      const {channelId} = group;
      const bulk = await http.delete(`${path()}/messages`);
      expect(bulk.status).to.be.oneOf(200, 404);
      expect(await group.changeSeq()).to.equal(1);
      const {messages} = await storedIn(chat(), channelId);
      expect(messages[0].body).to.equal(SECRET);
    }

    it('answers 403 to a member', () => expectRefused('bob', 'CHAT_FORBIDDEN'));

    it('answers 404 to a stranger', () =>
      expectRefused('eve', 'CHAT_NOT_FOUND'));

    for (const name of ['ann', 'adam'] as const) {
      it(`answers 404 to ${name} who left`, async () => {
        await group.dismiss(name);
        await expectRefused(name, 'CHAT_NOT_FOUND');
      });
    }

    it('answers 403 to an admin of the host’s own channel', async () => {
      const ann = await group.http('ann');
      const place = {channelId: `task-${randomUUID()}`, channelType: 'task'};
      const toUserId = group.id('bob');
      const {body} = await ann.post('/messages', {
        ...place,
        toUserId,
        body: 'x',
      });
      const members = await chat().app.get<{
        updateAll(data: object, where: object): Promise<unknown>;
      }>('repositories.ChannelMemberRepository');
      const {channelId} = place;
      await members.updateAll({role: 'admin'}, {channelId, userId: toUserId});
      const bob = await group.http('bob');
      expectError(await bob.delete(`/messages/${body.id}`), 403);
    });

    it('lets AdministerChat, and writes it down', async () => {
      const logged = chat().logger.lines.length;
      expect(await remove('eve', {}, ['AdministerChat'])).to.equal(2);
      const lines = chat().logger.lines.slice(logged);
      expect(lines).to.not.be.empty();
      expect(JSON.stringify(lines)).to.not.match(/secret/);
    });

    it('finds no message that there is not', async () => {
      for (const messageId of ['x', "' OR 1=1 --", '', randomUUID()]) {
        for (const permissions of [[], ['AdministerChat']]) {
          const err = await rejection(remove('ann', {messageId}, permissions));
          expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
        }
      }
    });

    it('finds it in its own channel only', async () => {
      const err = await rejection(remove('ann', {channelId: 'other'}));
      expect(err).to.containEql({code: 'CHAT_NOT_FOUND'});
    });
  });
});
