import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import {Readable} from 'stream';
import type {ResolvedConfig} from '../config';
import type {
  AttachmentStorage,
  ByteRange,
  PutOptions,
  StoredFile,
} from './attachment-storage';
import {FileMissingError} from './file-missing.error';
import {uploadToS3} from './s3-upload';
import {expectStorageKey, isStorageKey} from './storage-key';

/** Where files are, unless the config says so: no more than this is the chat's. */
const DEFAULT_PREFIX = 'chat-files/';
/** A download holds a connection for as long as its reader takes. */
const MAX_SOCKETS = 1000;
const CONNECTION_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Keeps files in a bucket of S3, or of a service that speaks its protocol. */
export class S3Storage implements AttachmentStorage {
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly prefix: string;

  /** @param requestTimeout - until an answer begins, in milliseconds */
  constructor(
    {
      bucket,
      prefix = DEFAULT_PREFIX,
      client,
    }: NonNullable<ResolvedConfig['attachments']['s3']>,
    requestTimeout = REQUEST_TIMEOUT_MS,
  ) {
    const agent = {maxSockets: MAX_SOCKETS, keepAlive: true};
    const requestHandler = {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      ...{requestTimeout, throwOnRequestTimeout: true},
      ...{httpAgent: agent, httpsAgent: agent},
    };
    this.client = new S3Client({requestHandler, ...client});
    this.bucket = bucket;
    this.prefix = prefix;
  }

  async put(
    key: string,
    bytes: Readable,
    {mediaType, signal}: PutOptions = {},
  ): Promise<number> {
    // What it fails with is found when it is read.
    bytes.on('error', () => undefined);
    try {
      expectStorageKey(key);
      signal?.throwIfAborted();
      const target = {...this.target(key), ContentType: mediaType};
      return await uploadToS3(this.client, target, bytes, signal);
    } catch (err) {
      bytes.destroy();
      throw signal?.aborted ? signal.reason : err;
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    if (!isStorageKey(key)) throw new FileMissingError();
    try {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const command = new GetObjectCommand({...this.target(key), Range});
      const {Body: body} = await this.client.send(command);
      return body as Readable;
    } catch (err) {
      if (isRefused(err, 'NoSuchKey')) throw new FileMissingError({cause: err});
      if (isRefused(err, 'InvalidRange')) return Readable.from([]);
      throw err;
    }
  }

  async stat(key: string): Promise<StoredFile | undefined> {
    if (!isStorageKey(key)) return undefined;
    try {
      const command = new HeadObjectCommand(this.target(key));
      const {ContentLength: size = 0, LastModified: modifiedAt = new Date()} =
        await this.client.send(command);
      return {key, size, modifiedAt};
    } catch (err) {
      if (isRefused(err, 'NotFound')) return undefined;
      throw err;
    }
  }

  async remove(key: string): Promise<void> {
    if (!isStorageKey(key)) return;
    await this.client.send(new DeleteObjectCommand(this.target(key)));
  }

  async *list(): AsyncGenerator<StoredFile[]> {
    const pages = paginateListObjectsV2(
      {client: this.client},
      {Bucket: this.bucket, Prefix: this.prefix},
    );
    for await (const {Contents: contents = []} of pages) {
      const files = contents.flatMap(
        ({Key = '', Size: size = 0, LastModified: modifiedAt = new Date()}) => {
          const key = Key.slice(this.prefix.length);
          return isStorageKey(key) ? [{key, size, modifiedAt}] : [];
        },
      );
      if (files.length) yield files;
    }
  }

  async removeUnfinished(before: Date): Promise<void> {
    let place: {KeyMarker?: string; UploadIdMarker?: string} = {};
    for (;;) {
      const page = await this.client.send(
        new ListMultipartUploadsCommand({
          ...{Bucket: this.bucket, Prefix: this.prefix, ...place},
        }),
      );
      for (const {Key, UploadId, Initiated} of page.Uploads ?? []) {
        if (!Initiated || Initiated >= before) continue;
        const upload = {Bucket: this.bucket, Key, UploadId};
        await this.client.send(new AbortMultipartUploadCommand(upload));
      }
      if (!page.IsTruncated) return;
      place = {
        KeyMarker: page.NextKeyMarker,
        UploadIdMarker: page.NextUploadIdMarker,
      };
    }
  }

  private target(key: string): {Bucket: string; Key: string} {
    return {Bucket: this.bucket, Key: this.prefix + key};
  }
}

/** Tells whether the service said so; its errors have their codes as names. */
function isRefused(err: unknown, code: string): boolean {
  return err instanceof S3ServiceException && err.name === code;
}
