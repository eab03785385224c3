import {expect} from '@loopback/testlab';
import {ORDINARY_PERMISSIONS} from '../../permissions';
import {Tables, World, type RowName} from '../authorization/world';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  asking,
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import {expectError, type RestRow} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';

describeOverStores('Inclusions by REST', store => {
  const chat = givenChatAppOfSuite({store});
  const world = new World();
  let reader: CheckedClient;

  before('store the world', async () => {
    await (await Tables.of(chat())).fill([world]);
    reader = await givenCheckedClient(chat(), world.user('reader'));
  });

  const ids = (rows: unknown) =>
    ((rows ?? []) as RestRow[]).map(({id}) => id).sort();
  const named = (...names: RowName[]) =>
    names.map(each => world.id(each)).sort();

  async function target(include: unknown[], http = reader): Promise<RestRow> {
    const path = `/messages/${world.id('target')}`;
    return (await http.get<RestRow>(asking(path, {filter: {include}}))).body;
  }

  context('when a message is read with what belongs to it', () => {
    it('gives what can be read directly, and no deleted row', async () => {
      const row = await target([
        'messageRecipients',
        'attachmentFiles',
        'messages',
      ]);
      expect(ids(row.messageRecipients)).to.deepEqual(
        named('flags', 'selfMadeFlags'),
      );
      expect(ids(row.attachmentFiles)).to.deepEqual(named('file'));
      expect(ids(row.messages)).to.deepEqual(named('ownReply', 'othersReply'));
      for (const [name, path] of [
        ['messageRecipients', '/message-recipients'],
        ['attachmentFiles', '/attach-files'],
        ['messages', '/messages'],
      ]) {
        for (const included of row[name] as RestRow[]) {
          const direct = await reader.get<RestRow>(`${path}/${included.id}`);
          expect(included).to.deepEqual(direct.body);
        }
      }
    });

    it('gives in a list what it gives by id', async () => {
      const include = ['messageRecipients', 'attachmentFiles', 'parentMessage'];
      const where = {channelId: world.channelId};
      const path = asking('/messages', {filter: {where, include}});
      const {body} = await reader.get<RestRow[]>(path);
      expect(body).to.have.length(4);
      for (const row of body) {
        const one = asking(`/messages/${row.id}`, {filter: {include}});
        expect((await reader.get<RestRow>(one)).body).to.deepEqual(row);
      }
      const reply = body.find(({id}) => id === world.id('ownReply'));
      expect(ids([reply?.parentMessage])).to.deepEqual(named('target'));
    });

    it('gives the message of recipients and of files', async () => {
      for (const path of ['/message-recipients', '/attach-files']) {
        const where = {channelId: world.channelId};
        const query = asking(path, {filter: {where, include: ['message']}});
        const {body} = await reader.get<RestRow[]>(query);
        expect(body).to.not.be.empty();
        for (const row of body) {
          expect(ids([row.message])).to.deepEqual([row.messageId]);
        }
      }
    });

    it('goes three deep', async () => {
      const row = await target([
        {
          relation: 'messages',
          scope: {
            include: [
              {
                relation: 'parentMessage',
                scope: {include: ['messageRecipients']},
              },
            ],
          },
        },
      ]);
      for (const reply of row.messages as RestRow[]) {
        const parent = reply.parentMessage as RestRow;
        expect(ids([parent])).to.deepEqual(named('target'));
        expect(ids(parent.messageRecipients)).to.deepEqual(
          named('flags', 'selfMadeFlags'),
        );
      }
    });
  });

  context('when the inclusion has a scope', () => {
    const replies = async (scope: object) =>
      (await target([{relation: 'messages', scope}])).messages as RestRow[];

    it('selects by its where', async () => {
      const where = {createdBy: world.user('member')};
      expect(ids(await replies({where}))).to.deepEqual(named('othersReply'));
      expect(await replies({where: {seq: 99}})).to.be.undefined();
    });

    it('orders, and limits for each parent', async () => {
      const down = await replies({order: ['seq DESC']});
      expect(down.map(({id}) => id)).to.deepEqual([
        world.id('othersReply'),
        world.id('ownReply'),
      ]);
      const last = await replies({order: ['seq DESC'], limit: 1});
      expect(ids(last)).to.deepEqual(named('othersReply'));
      const next = await replies({order: ['seq DESC'], limit: 1, offset: 1});
      expect(ids(next)).to.deepEqual(named('ownReply'));
      const scope = {limit: 1, order: ['createdBy ASC']};
      const include = [{relation: 'messageRecipients', scope}];
      const where = {id: {inq: named('target', 'others')}};
      const path = asking('/messages', {filter: {where, include}});
      const {body} = await reader.get<RestRow[]>(path);
      const counts = body.map(row => ids(row.messageRecipients).length);
      expect(counts).to.deepEqual([1, 1]);
    });

    it('gives only its fields', async () => {
      const rows = await replies({fields: ['id'], order: ['seq ASC']});
      const ownReply = {id: world.id('ownReply')};
      expect(rows).to.deepEqual([ownReply, {id: world.id('othersReply')}]);
      const include = [{relation: 'messages', scope: {fields: ['seq']}}];
      const filter = {fields: ['body'], include};
      const path = asking(`/messages/${world.id('target')}`, {filter});
      const {body} = await reader.get<RestRow>(path);
      expect(Object.keys(body).sort()).to.deepEqual(['body', 'messages']);
    });
  });

  context('when the row that is included is not the reader’s to read', () => {
    /** The world's foreign rows, moved under what the reader reads. */
    before('tie foreign rows to it', async () => {
      const tables = await Tables.of(chat());
      await tables.tie(world.id('foreign'), {
        parentMessageId: world.id('target'),
      });
      await tables.tie(world.id('foreignFlags'), {
        messageId: world.id('target'),
      });
      await tables.tie(world.id('foreignFile'), {
        messageId: world.id('target'),
      });
      await tables.tie(world.id('others'), {
        parentMessageId: world.id('foreign'),
      });
      await tables.tie(world.id('sendersFlags'), {
        messageId: world.id('foreign'),
      });
    });

    it('leaves it out', async () => {
      const row = await target([
        'messageRecipients',
        'attachmentFiles',
        'messages',
      ]);
      expect(ids(row.messageRecipients)).to.deepEqual(
        named('flags', 'selfMadeFlags'),
      );
      expect(ids(row.attachmentFiles)).to.deepEqual(named('file'));
      expect(ids(row.messages)).to.deepEqual(named('ownReply', 'othersReply'));
      const upwards = asking(`/messages/${world.id('others')}`, {
        filter: {include: ['parentMessage']},
      });
      expect((await reader.get<RestRow>(upwards)).body).to.not.have.property(
        'parentMessage',
      );
      const path = `/message-recipients/${world.id('sendersFlags')}`;
      const ofFlags = asking(path, {filter: {include: ['message']}});
      expect((await reader.get<RestRow>(ofFlags)).body).to.not.have.property(
        'message',
      );
      expectError(await reader.get(`${path}/message`), 404);
    });

    it('leaves it out whatever the scope asks for', async () => {
      for (const where of [
        {channelId: world.foreignChannelId},
        {or: [{deleted: true}, {deleted: false}]},
        {id: {inq: named('foreign', 'removed')}},
      ]) {
        const row = await target([{relation: 'messages', scope: {where}}]);
        const seen = ids(row.messages);
        expect(seen).to.not.containEql(world.id('foreign'));
        expect(seen).to.not.containEql(world.id('removed'));
      }
    });
  });

  context('when the reader lacks the key of what is included', () => {
    for (const [lacking, path, relation] of [
      ['ViewMessageRecipient', '/messages', 'messageRecipients'],
      ['ViewAttachmentFile', '/messages', 'attachmentFiles'],
      ['ViewMessage', '/message-recipients', 'message'],
      ['ViewMessage', '/attach-files', 'message'],
    ]) {
      it(`answers 403 to ${relation} of ${path} without ${lacking}`, async () => {
        const permissions = ORDINARY_PERMISSIONS.filter(key => key !== lacking);
        const userId = world.user('reader');
        const options = {claims: {permissions}};
        const http = await givenCheckedClient(chat(), userId, options);
        const where = {channelId: world.channelId};
        const query = asking(path, {filter: {where, include: [relation]}});
        expectError(await http.get(query), 403);
      });
    }
  });
});
