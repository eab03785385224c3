import {expect} from '@loopback/testlab';
import type {ChatServiceConfig} from '../../config';
import {ChatServiceBindings} from '../../keys';
import type {AttachmentFileRepository} from '../../repositories';
import type {AttachmentStorage} from '../../storage';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {
  expectError,
  givenConversation,
  type Conversation,
} from '../fixtures/conversation';
import {fieldPart, filePart, FORM_END} from '../fixtures/form';
import {
  eventually,
  givenOpenUpload,
  type OpenUpload,
} from '../fixtures/open-upload';
import {
  leftOf,
  NOTHING_LEFT,
  openNames,
  storedNames,
  upload,
} from '../fixtures/uploads';

const MIB = Buffer.alloc(1_048_576, 'x');

describe('Uploads that break', () => {
  let chat: ChatApp;
  let talk: Conversation;

  async function givenApp(
    attachments: ChatServiceConfig['attachments'] = {},
  ): Promise<void> {
    chat = await givenChatApp({config: {attachments}});
    talk = await givenConversation(chat);
  }

  /** Begins a file that has no end yet. */
  async function begun(bytes = MIB): Promise<OpenUpload> {
    const open = await givenOpenUpload(chat, talk.annId);
    await open.write(fieldPart('channelId', talk.channelId));
    await open.write(filePart({bytes}).subarray(0, -2));
    return open;
  }

  const isBeingStored = async () => (await openNames(chat)).length > 0;
  const nothingLeft = () =>
    eventually(async () => {
      const {names, open, rows} = await leftOf(chat, talk.annId);
      return !names.length && !open.length && !rows.length;
    });
  const small = () =>
    upload(talk.ann, {channelId: talk.channelId}, [{bytes: 'A text'}]);

  it('leave nothing when the client goes', async () => {
    await givenApp();
    for (let round = 0; round < 5; round++) {
      const open = await begun();
      await eventually(isBeingStored);
      open.abort();
      await nothingLeft();
    }
    expect(chat.logger.lines).to.deepEqual([]);
    expect((await small()).status).to.equal(200);
  });

  it('end when they stand still', async () => {
    await givenApp({idleTimeoutMs: 200});
    const open = await begun();
    expect(await open.answer).to.containEql({status: 422});
    await nothingLeft();
  });

  it('end when they drip', async () => {
    await givenApp({idleTimeoutMs: 200});
    const open = await begun();
    const drops = setInterval(() => void open.write(Buffer.from('x')), 20);
    try {
      expect(await open.answer).to.containEql({status: 422});
    } finally {
      clearInterval(drops);
    }
    await nothingLeft();
  });

  it('are bounded for a user, and freed by their end', async () => {
    await givenApp({maxUploadsPerUser: 2});
    const both = [await begun(), await begun()];
    await eventually(async () => (await openNames(chat)).length === 2);
    expectError(await small(), 429);
    const {channelId, bob} = talk;
    const bobs = await upload(bob, {channelId}, [{bytes: 'A text'}]);
    expect(bobs.status).to.equal(200);
    both[0].abort();
    await eventually(async () => (await openNames(chat)).length === 1);
    await eventually(async () => (await small()).status === 200);
    const end = Buffer.concat([Buffer.from('\r\n'), FORM_END]);
    expect(await both[1].end(end)).to.containEql({status: 200});
  });

  it('are bounded for a process', async () => {
    await givenApp({maxUploads: 1});
    await begun();
    await eventually(isBeingStored);
    const {channelId, bob} = talk;
    expectError(await upload(bob, {channelId}, [{bytes: 'A text'}]), 503);
  });

  it('are answered before their end, however much is to come', async () => {
    await givenApp({maxBytes: 100_000});
    const open = await begun();
    expect(await open.answer).to.containEql({status: 413});
    for (let count = 0; count < 5; count++) await open.write(MIB);
    await nothingLeft();
    open.request.end();
    expect((await small()).status).to.equal(200);
  });

  it('are answered when nobody may send them, however they are sent', async () => {
    await givenApp();
    const body = Buffer.alloc(20 * MIB.length, 'x');
    for (const headers of [
      {},
      {Connection: 'close'},
      {Expect: '100-continue'},
    ]) {
      const open = await givenOpenUpload(chat, undefined, headers);
      expect(await open.end(body)).to.containEql({status: 401});
      const stranger = await givenOpenUpload(chat, talk.eveId, headers);
      await stranger.write(fieldPart('channelId', talk.channelId));
      const file = filePart({bytes: body});
      expect(await stranger.end(file)).to.containEql({status: 404});
    }
  });

  it('are refused at once when they say that they are too large', async () => {
    await givenApp();
    const headers = {'Content-Length': 10 ** 12};
    const open = await givenOpenUpload(chat, talk.annId, headers);
    await open.write(fieldPart('channelId', talk.channelId));
    expect(await open.answer).to.containEql({status: 413});
  });

  it('are 503 when the storage fails, and leave nothing', async () => {
    await givenApp();
    const storage: AttachmentStorage = await chat.app.get(
      ChatServiceBindings.AttachmentStorage,
    );
    const put = storage.put.bind(storage);
    storage.put = async (key, bytes, options) => {
      await put(key, bytes, options);
      throw new Error('The private disk is full.');
    };
    expectError(await small(), 503);
    expect(await leftOf(chat, talk.annId)).to.deepEqual(NOTHING_LEFT);
    storage.put = async () => {
      throw new Error('The private disk is full.');
    };
    const open = await begun();
    expect(await open.answer).to.containEql({status: 503});
    expect(chat.logger.text).to.not.match(/private/);
    storage.put = put;
    expect((await small()).status).to.equal(200);
  });

  for (const isWritten of [true, false]) {
    it(`leave nothing when the rows were ${isWritten ? '' : 'not '}written`, async () => {
      await givenApp();
      const files: AttachmentFileRepository = await chat.app.get(
        'repositories.AttachmentFileRepository',
      );
      // The repository is made anew for each request of it: its class is not.
      const shared = Object.getPrototypeOf(files);
      const createAll = files.createAll;
      shared.createAll = async function (...args: [object[]]) {
        if (isWritten) await createAll.apply(this, args);
        throw Object.assign(new Error('Lost'), {code: 'ECONNRESET'});
      };
      try {
        expectError(await small(), 503);
      } finally {
        shared.createAll = createAll;
      }
      expect(await leftOf(chat, talk.annId)).to.deepEqual(NOTHING_LEFT);
      expect((await small()).status).to.equal(200);
    });
  }

  it('keep their bytes where nobody can tell whether a message has them', async () => {
    await givenApp();
    const {body: sent} = await talk.ann.post<{id: string}>('/messages', {
      ...{channelId: talk.channelId, body: 'Look'},
    });
    const shared = Object.getPrototypeOf(
      await chat.app.get('repositories.AttachmentFileRepository'),
    );
    const {createAll, count} = shared;
    const lost = async () => {
      throw Object.assign(new Error('Lost'), {code: 'ECONNRESET'});
    };
    shared.createAll = shared.count = lost;
    try {
      const fields = {messageId: sent.id};
      const answer = await upload(talk.ann, fields, [{bytes: 'A text'}]);
      expectError(answer, 503);
    } finally {
      Object.assign(shared, {createAll, count});
    }
    // The sweep removes what no row knows.
    expect(await storedNames(chat)).to.have.length(1);
  });

  it('leave nothing when the app stops meanwhile', async () => {
    await givenApp();
    const open = await begun();
    await eventually(isBeingStored);
    await chat.stop();
    await open.answer.catch(() => undefined);
    await eventually(async () => !(await openNames(chat)).length);
    expect(await storedNames(chat)).to.deepEqual([]);
  });

  it('end when the app stops, which waits for none of them', async () => {
    await givenApp();
    // As for a host that sets no time after which connections are cut.
    Object.assign(chat.app.restServer.httpServer ?? {}, {
      _stoppable: undefined,
    });
    const open = await begun();
    await eventually(isBeingStored);
    const stopping = chat.stop();
    expect(await open.answer).to.containEql({status: 503});
    await stopping;
    expect(await storedNames(chat)).to.deepEqual([]);
    await chat.app.start();
    const again = await upload(
      await chat.http(talk.annId),
      {channelId: talk.channelId},
      [{bytes: 'A text'}],
    );
    expect(again.status).to.equal(200);
  });
});
