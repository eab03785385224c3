import {expect} from '@loopback/testlab';
import {randomBytes} from 'crypto';
import {once} from 'events';
import {readdirSync, readlinkSync} from 'fs';
import type {Server} from 'http';
import type {Socket} from 'net';
import {Readable} from 'stream';
import {buffer} from 'stream/consumers';
import {setImmediate} from 'timers/promises';
import {ChatServiceBindings} from '../../keys';
import type {AttachmentFile} from '../../models';
import {FileMissingError, type AttachmentStorage} from '../../storage';
import {givenChatApp, type ChatApp} from '../fixtures/chat-app';
import {givenFolder} from '../fixtures/folder';
import {givenRawClient, type RawClient} from '../fixtures/raw-http';
import {describeOverStores, FEW_STORES, type Store} from '../fixtures/stores';
import {
  downloadsOf,
  givenFileWorld,
  givenStoredFile,
  type FileWorld,
} from '../fixtures/stored-file';

/** More than what the sockets of both ends hold. */
const SIZE = 48 * 1024 * 1024;
const BYTES = randomBytes(SIZE);
const IDLE_TIMEOUT_MS = 300;

describeOverStores('The end of a download', endingSuite, FEW_STORES);

function endingSuite(store: Store): void {
  let chat: ChatApp;
  let world: FileWorld;
  let bob: RawClient;
  let file: AttachmentFile;
  let path: string;
  let folder: string;
  let storage: AttachmentStorage;

  beforeEach(async () => {
    folder = givenFolder();
    const attachments = {directory: folder, idleTimeoutMs: IDLE_TIMEOUT_MS};
    chat = await givenChatApp({store, config: {attachments}});
    world = await givenFileWorld(chat);
    file = await givenStoredFile(chat, world, {bytes: BYTES});
    path = `/attach-files/${file.id}/download`;
    bob = await givenRawClient(chat, world.bob);
    storage = await chat.app.get(ChatServiceBindings.AttachmentStorage);
  });

  /** Which of the stored files this process holds open. */
  function descriptors(): string[] {
    return readdirSync('/proc/self/fd').flatMap(fd => {
      try {
        const target = readlinkSync(`/proc/self/fd/${fd}`);
        return target.startsWith(folder) ? target : [];
      } catch {
        // It was the one of the folder that is read.
        return [];
      }
    });
  }

  async function expectEnd(
    outcome: string,
    bytesSent: (sent: number) => boolean = () => true,
  ): Promise<void> {
    const rows = await downloadsOf(chat, world, file.id);
    expect(rows.map(row => row.outcome)).to.eql([outcome]);
    expect(bytesSent(Number(rows[0].bytesSent))).to.be.true();
    expect(rows[0].endedOn).to.be.Date();
    await nothingOpen();
  }

  /** Resolves once they are closed; else the test has no end. */
  async function nothingOpen(): Promise<void> {
    while (descriptors().length) await setImmediate();
  }

  it('is complete when all was taken, and nothing stays open', async () => {
    const {body} = await bob.get(path);
    expect(body.equals(BYTES)).to.be.true();
    await expectEnd('complete', sent => sent === SIZE);
  });

  it('is waited for by who has too many underway, and by nobody else', async () => {
    const attachments = {directory: folder, maxDownloadsPerUser: 2};
    chat = await givenChatApp({store, config: {attachments}});
    world = await givenFileWorld(chat);
    file = await givenStoredFile(chat, world, {bytes: BYTES});
    path = `/attach-files/${file.id}/download`;
    bob = await givenRawClient(chat, world.bob);
    const [first, second] = [await bob.open(path), await bob.open(path)];
    const refused = await bob.get(path);
    expect(refused.status).to.equal(429);
    expect(refused.headers['retry-after']).to.equal('1');
    expect(String(refused.body)).to.containEql('CHAT_RATE_LIMITED');
    const ann = await givenRawClient(chat, world.ann);
    expect((await ann.get(path)).status).to.equal(200);
    first.request.destroy();
    while ((await bob.get(path)).status !== 200) await setImmediate();
    second.request.destroy();
    // No bytes, no row: one each of those that were let in.
    const rows = await downloadsOf(chat, world, file.id);
    expect(rows.map(({userId}) => userId).sort()).to.eql(
      [world.ann, world.bob, world.bob, world.bob].sort(),
    );
  });

  it('is aborted when the client leaves, with what it got', async () => {
    const {request, answer} = await bob.open(path);
    await once(answer, 'readable');
    expect(descriptors().length).to.equal(1);
    request.destroy();
    await expectEnd('aborted', sent => sent > 0 && sent < SIZE);
  });

  it('is aborted when the client takes nothing for too long', async () => {
    const {answer} = await bob.open(path);
    answer.pause();
    await expectEnd('aborted', sent => sent > 0 && sent < SIZE);
  });

  it('is complete for a client that pauses for less', async () => {
    const {answer} = await bob.open(path);
    const half = IDLE_TIMEOUT_MS / 2;
    setTimeout(() => answer.resume(), half);
    let length = 0;
    answer.on('data', chunk => {
      length += chunk.length;
    });
    answer.pause();
    await once(answer, 'end');
    expect(length).to.equal(SIZE);
    await expectEnd('complete');
  });

  it('is aborted for a client that leaves before the first byte', async () => {
    const {open} = storage;
    const server = chat.app.restServer.httpServer?.server as Server;
    const connecting = once(server, 'connection') as Promise<[Socket]>;
    const opening = new Promise<void>(resolve => {
      storage.open = async (...args) => {
        const bytes = await open.apply(storage, args);
        const [connection] = await connecting;
        const closed = once(connection, 'close');
        request.destroy();
        await closed;
        resolve();
        return bytes;
      };
    });
    const request = bob.ask(path);
    await opening;
    await expectEnd('aborted', sent => sent === 0);
  });

  it('is failed when the storage fails in mid-stream, and cut', async () => {
    storage.open = async () =>
      Readable.from(
        (async function* () {
          yield BYTES.subarray(0, 100_000);
          throw new Error('The disk is on fire');
        })(),
      );
    const {answer} = await bob.open(path);
    expect(answer.statusCode).to.equal(200);
    await expectCut(buffer(answer));
    await expectEnd('failed', sent => sent <= 100_000);
    expect(chat.logger.text).to.not.containEql('on fire');
    expect(chat.logger.lines.length).to.equal(1);
  });

  it('is failed when the storage has fewer bytes than are known', async () => {
    storage.open = async () => Readable.from([BYTES.subarray(0, 1000)]);
    const {answer} = await bob.open(path);
    await expectCut(buffer(answer));
    await expectEnd('failed', sent => sent <= 1000);
  });

  it('is failed when the storage has more, none of which is sent', async () => {
    const {open} = storage;
    file = await givenStoredFile(chat, world, {bytes: BYTES, size: 1000});
    path = `/attach-files/${file.id}/download`;
    storage.open = (key, range) => open.call(storage, key, range);
    const {status} = await bob.get(path);
    expect(status).to.equal(503);
    await expectEnd('failed', sent => sent === 0);
  });

  it('is failed when the storage stands still, with 503', async () => {
    storage.open = async () => new Readable({read: () => undefined});
    expect((await bob.get(path)).status).to.equal(503);
    await expectEnd('failed', sent => sent === 0);
  });

  it('is failed when the first byte cannot be read, with 503', async () => {
    storage.open = async () =>
      new Readable({
        read() {
          this.destroy(new Error('The disk is on fire'));
        },
      });
    const {status, body, headers} = await bob.get(path);
    expect(status).to.equal(503);
    expect(headers['content-disposition']).to.be.undefined();
    expect(JSON.parse(body.toString()).error.code).to.equal('CHAT_UNAVAILABLE');
    await expectEnd('failed', sent => sent === 0);
  });

  for (const [title, err, expected] of [
    ['cannot be reached, with 503', new Error('On fire'), 503],
    ['has lost the file, with 404', new FileMissingError(), 404],
  ] as const) {
    it(`is failed when the storage ${title}`, async () => {
      storage.open = async () => {
        throw err;
      };
      expect((await bob.get(path)).status).to.equal(expected);
      await expectEnd('failed', sent => sent === 0);
      expect(chat.logger.text).to.containEql(
        expected === 404 ? file.id : 'CHAT_UNAVAILABLE',
      );
    });
  }

  it('is failed when the server stops, which waits for no reader', async () => {
    const {answer} = await bob.open(path);
    await once(answer, 'readable');
    const cut = expectCut(buffer(answer));
    const {AttachmentDownload: downloads} = world.stored;
    const isMemory = store.database === 'memory';
    await chat.app.stop();
    await cut;
    await nothingOpen();
    const again = isMemory ? chat : await givenChatApp({store});
    const stored = isMemory
      ? downloads
      : await again.app.get<typeof downloads>(
          'repositories.AttachmentDownloadRepository',
        );
    const rows = await stored.find({where: {fileId: file.id}});
    expect(rows.map(({outcome}) => outcome)).to.eql(['failed']);
  });

  it('leaves nothing open after many of every kind', async () => {
    const asked = Array.from({length: 24}, async (_, i) => {
      if (i % 4 === 0) await bob.get(path, {Range: 'bytes=5-900000'});
      if (i % 4 === 1) await bob.head(path);
      if (i % 4 < 2) return;
      const {request, answer} = await bob.open(path);
      if (i % 4 === 2) request.destroy();
      else answer.pause();
    });
    await Promise.all(asked);
    const rows = await downloadsOf(chat, world, file.id);
    const outcomes = rows.map(({outcome}) => outcome).sort();
    expect(outcomes).to.eql([
      ...Array(12).fill('aborted'),
      ...Array(12).fill('complete'),
    ]);
    await nothingOpen();
  });
}

/** Whoever reads learns that there was more. */
async function expectCut(reading: Promise<unknown>): Promise<void> {
  await expect(reading).to.be.rejectedWith(/aborted/);
}
