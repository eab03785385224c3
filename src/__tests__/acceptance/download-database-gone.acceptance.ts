import {expect, sinon} from '@loopback/testlab';
import {once} from 'events';
import {randomBytes} from 'crypto';
import {ChatServiceBindings} from '../../keys';
import type {AttachmentFile} from '../../models';
import type {AttachmentAccessService} from '../../services/attachments/attachment-access.service';
import type {AttachmentStorage} from '../../storage';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {givenRawClient, type RawClient} from '../fixtures/raw-http';
import {describeOverStores, SQL_STORES} from '../fixtures/stores';
import {
  downloadsOf,
  givenFileWorld,
  givenStoredFile,
  type FileWorld,
} from '../fixtures/stored-file';
import {givenTcpProxy, type TcpProxy} from '../fixtures/tcp-proxy';

const BYTES = randomBytes(48 * 1024 * 1024);
const LIMITS = {timeoutMs: 400, retryDelaysMs: [50, 50], maxWaiting: 10};

describeOverStores(
  'A download while the database is away',
  store => {
    let proxy: TcpProxy;
    let chat: ChatApp;
    let world: FileWorld;
    let file: AttachmentFile;
    let bob: RawClient;
    let storage: AttachmentStorage;
    let path: string;

    beforeEach(async () => {
      proxy = await givenTcpProxy(store);
      chat = await givenChatApp({
        store,
        address: proxy.address,
        before: app => app.bind('chat.downloadAuditLimits').to(LIMITS),
      });
      world = await givenFileWorld(chat);
      file = await givenStoredFile(chat, world, {bytes: BYTES});
      path = `/attach-files/${file.id}/download`;
      bob = await givenRawClient(chat, world.bob);
      storage = await chat.app.get(ChatServiceBindings.AttachmentStorage);
    });

    /** Runs it after the user may, and before it is written down. */
    async function beforeTheRow(work: () => void): Promise<void> {
      const {AttachmentDownload: downloads} = world.stored;
      const create = downloads.create.bind(downloads);
      downloads.create = async (...args) => {
        work();
        return create(...args);
      };
      // Repositories are made anew for whoever asks: that of the audit it is.
      const audit = await chat.app.get<object>('chat.downloadAuditService');
      Object.assign(audit, {downloads});
    }

    async function expectRefused(): Promise<void> {
      const {open} = storage;
      const opened: string[] = [];
      storage.open = (key, range) => {
        opened.push(key);
        return open.call(storage, key, range);
      };
      const {status, body, headers} = await bob.get(path);
      expect(status).to.equal(503);
      expect(headers['content-disposition']).to.be.undefined();
      expect(JSON.parse(body.toString()).error.code).to.equal(
        'CHAT_UNAVAILABLE',
      );
      expect(opened).to.be.empty();
      const head = await bob.head(path);
      const known = await bob.get(path, {'If-None-Match': '*'});
      expect([head.status, known.status]).to.eql([503, 503]);
    }

    it('is refused with 503, and has no bytes', async () => {
      proxy.goDown();
      await expectRefused();
      proxy.comeBack();
      expect((await bob.head(path)).status).to.equal(200);
    });

    it('is looked up no further when it comes back', async () => {
      const access = await chat.app.get<AttachmentAccessService>(
        'chat.attachmentAccessService',
      );
      const findFor = sinon.spy(access, 'findFor');
      proxy.stall();
      await expectRefused();
      proxy.comeBack();
      for (const {returnValue, args} of findFor.getCalls()) {
        const [, , signal] = args;
        await expect(returnValue).to.be.rejectedWith(signal?.reason);
      }
    });

    it('is refused when it goes before the row is written', async () => {
      await beforeTheRow(() => proxy.goDown());
      await expectRefused();
      proxy.comeBack();
      expect(await downloadsOf(chat, world, file.id)).to.be.empty();
    });

    it('is refused when the row takes too long, which tells so later', async () => {
      await beforeTheRow(() => proxy.stall());
      await expectRefused();
      proxy.comeBack();
      for (const row of await downloadsOf(chat, world, file.id)) {
        const {outcome, bytesSent} = row;
        expect([outcome, bytesSent]).to.eql(['failed', 0]);
      }
    });

    /** Starts a download; `meanwhile` runs before it ends. */
    async function downloadDuring(meanwhile: () => void): Promise<void> {
      const {answer} = await bob.open(path);
      await once(answer, 'readable');
      meanwhile();
      answer.resume();
      await once(answer, 'end');
    }

    it('is completed later when it comes back', async () => {
      await downloadDuring(() => proxy.goDown());
      proxy.comeBack();
      const [row] = await downloadsOf(chat, world, file.id);
      expect(row).to.containEql({outcome: 'complete', bytesSent: BYTES.length});
    });

    it('is logged by ids when it does not', async () => {
      await downloadDuring(() => proxy.goDown());
      const audit = await chat.app.get<{settle(): Promise<void>}>(
        'chat.attachmentDownloadService',
      );
      await audit.settle();
      const lines = chat.logger.lines.filter(({message}) =>
        message.includes('not completed'),
      );
      expect(lines.length).to.equal(1);
      expect(lines[0].context).to.containEql({
        fileId: file.id,
        code: 'CHAT_UNAVAILABLE',
      });
      expect(chat.logger.text).to.not.match(/Plan|UPDATE|127\.0\.0\.1/);
      proxy.comeBack();
      const [{outcome}] = await downloadsOf(chat, world, file.id);
      expect(outcome).to.be.undefined();
    });
  },
  SQL_STORES,
);
