import {expect, sinon} from '@loopback/testlab';
import {CreateMultipartUploadCommand, S3Client} from '@aws-sdk/client-s3';
import {randomBytes, randomUUID} from 'crypto';
import Module from 'module';
import {createServer, type AddressInfo, type Socket} from 'net';
import {once} from 'events';
import {Readable} from 'stream';
import {resolveConfig} from '../../resolve-config';
import {asChatError} from '../../services';
import {AttachmentStorageProvider} from '../../storage/attachment-storage.provider';
import {LocalStorage} from '../../storage/local.storage';
import {S3Storage} from '../../storage/s3.storage';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {collectGarbage} from '../fixtures/garbage';
import {rejection} from '../fixtures/rejection';
import {inDays} from '../fixtures/retention';
import {givenS3Server, type S3Server} from '../fixtures/s3-server';

const MIB = 1024 * 1024;

describe('S3 storage', () => {
  let server: S3Server;
  let prefix: string;
  let storage: S3Storage;

  before(async () => {
    server = await givenS3Server();
  });

  beforeEach(() => {
    prefix = `${randomUUID()}/`;
    storage = new S3Storage(server.config(prefix));
  });

  afterEach(() => sinon.restore());

  const bytesOf = (text: string) => Readable.from([Buffer.from(text)]);

  async function keysOf(listed: S3Storage): Promise<string[]> {
    const keys: string[] = [];
    for await (const page of listed.list()) {
      keys.push(...page.map(({key}) => key));
    }
    return keys;
  }

  it('holds a few parts of a large file in memory', async () => {
    // What nobody needs any more is no part of it, however late it is collected.
    const used = () => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const start = used();
    let most = 0;
    function* large() {
      for (let n = 0; n < 16 * 160; n++) {
        if (n % 64 === 0) most = Math.max(most, used() - start);
        yield Buffer.alloc(MIB / 16, n);
      }
    }
    const size = await storage.put('large', Readable.from(large()));
    expect(size).to.equal(160 * MIB);
    expect(most / MIB).to.be.below(64);
  });

  it('sees nothing outside of its prefix', async () => {
    const other = new S3Storage(server.config(`${prefix}other-`));
    await storage.put('own', bytesOf('x'));
    await other.put('own', bytesOf('y'));
    expect(await keysOf(other)).to.eql(['own']);
    await other.remove('own');
    expect(await keysOf(storage)).to.eql(['own']);
  });

  it('has a prefix when the config has none', async () => {
    const {bucket, client} = server.config('');
    const named = new S3Storage(server.config('chat-files/'));
    const unnamed = new S3Storage({bucket, client});
    const key = randomUUID();
    await unnamed.put(key, bytesOf('x'));
    expect(await named.stat(key)).to.containEql({key, size: 1});
  });

  it('aborts what a killed process left, and nothing else', async () => {
    const {bucket, client} = server.config(prefix);
    const left = new S3Client({...client});
    const begin = (Key: string) =>
      left.send(new CreateMultipartUploadCommand({Bucket: bucket, Key}));
    const {UploadId: own} = await begin(`${prefix}left`);
    const {UploadId: other} = await begin(`other-${prefix}left`);
    await storage.removeUnfinished(inDays(-1));
    expect(server.unfinished()).to.containDeep([own, other]);
    await storage.removeUnfinished(inDays(1));
    expect(server.unfinished()).to.eql([other]);
    await new S3Storage(server.config('other-')).removeUnfinished(inDays(1));
  });

  it('leaves no file when it was ended just before its end', async () => {
    const ending = new AbortController();
    const key = randomUUID();
    // It has many forms; this is the one that is used.
    const prototype = S3Client.prototype as unknown as {
      send(...args: unknown[]): Promise<unknown>;
    };
    const send = sinon.stub(prototype, 'send').callThrough();
    send.callsFake(async function (this: S3Client, ...args) {
      const answer = await send.wrappedMethod.apply(this, args);
      ending.abort(new Error('Too late.'));
      return answer;
    });
    const {signal} = ending;
    const putting = storage.put(key, bytesOf('x'), {signal});
    expect(await rejection(putting)).to.equal(signal.reason);
    send.restore();
    expect(await storage.stat(key)).to.be.undefined();
  });

  for (const size of [10, 6 * MIB]) {
    it(`answers 503 when S3 is away, to ${size} bytes`, async () => {
      const gone = createServer(socket => socket.destroy()).listen(0);
      await once(gone, 'listening');
      cleanUpAfterTest(() => gone.close());
      const {port} = gone.address() as AddressInfo;
      const config = server.config(prefix);
      const endpoint = `http://127.0.0.1:${port}`;
      const client = {...config.client, endpoint, maxAttempts: 1};
      const away = new S3Storage({...config, client});
      const source = Readable.from([randomBytes(size)]);
      for (const ask of [
        () => away.put('key', source),
        () => away.open('key'),
        () => away.stat('key'),
        () => away.remove('key'),
        () => keysOf(away),
      ]) {
        const {code} = asChatError(await rejection(ask()));
        expect(code).to.equal('CHAT_UNAVAILABLE');
      }
      expect(source.destroyed).to.be.true();
    });
  }

  it('answers 503 when S3 takes requests and answers none', async () => {
    const silent = createServer().listen(0);
    const sockets: Socket[] = [];
    silent.on('connection', socket => sockets.push(socket));
    await once(silent, 'listening');
    cleanUpAfterTest(() => {
      sockets.forEach(socket => socket.destroy());
      silent.close();
    });
    const {port} = silent.address() as AddressInfo;
    const config = server.config(prefix);
    const endpoint = `http://127.0.0.1:${port}`;
    const client = {...config.client, endpoint, maxAttempts: 1};
    const away = new S3Storage({...config, client}, 100);
    for (const ask of [
      () => away.put('key', bytesOf('x')),
      () => away.open('key'),
      () => away.stat('key'),
    ]) {
      const {code} = asChatError(await rejection(ask()));
      expect(code).to.equal('CHAT_UNAVAILABLE');
    }
  });

  it('does not take a missing bucket for a missing file', async () => {
    const config = {...server.config(prefix), bucket: 'no-such-bucket'};
    const other = new S3Storage(config);
    const err = await rejection(other.open('key'));
    expect(err).to.have.property('name', 'NoSuchBucket');
    await rejection(keysOf(other));
  });

  context('when the config is read', () => {
    const storageOf = (attachments: object) =>
      new AttachmentStorageProvider(resolveConfig({attachments})).value();

    it('is made only where it is asked for', async () => {
      expect(storageOf({})).to.be.instanceOf(LocalStorage);
      const s3 = server.config(prefix);
      expect(storageOf({s3})).to.be.instanceOf(S3Storage);
    });

    it('says what to install', () => {
      // Loaded as `require` does.
      const loader = Module as unknown as {_load(name: string): unknown};
      const load = sinon.stub(loader, '_load').callThrough();
      load
        .withArgs(sinon.match('s3.storage') as unknown as string)
        .throws(Object.assign(new Error('x'), {code: 'MODULE_NOT_FOUND'}));
      expect(() => storageOf({s3: {bucket: 'files'}})).to.throw(
        'attachments.s3 needs @aws-sdk/client-s3 and @aws-sdk/lib-storage.',
      );
      expect(storageOf({})).to.be.instanceOf(LocalStorage);
    });
  });
});
