import {BindingScope, inject, injectable} from '@loopback/core';
import {createHash} from 'crypto';
import {setMaxListeners} from 'events';
import type {Readable} from 'stream';
import {v7 as uuidv7} from 'uuid';
import type {ResolvedConfig} from '../../config';
import {ChatError} from '../../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {THUMBNAIL_MEDIA_TYPE} from '../../media';
import {
  AttachmentDownload,
  type AttachmentFile,
  type DownloadVariant,
} from '../../models';
import {FileMissingError, type AttachmentStorage} from '../../storage';
import type {ChatLogger, ChatUser} from '../../types';
import type {AttachmentAccessService} from './attachment-access.service';
import type {DownloadAuditService} from './download-audit.service';
import {
  DownloadOffer,
  type Disposition,
  type OfferedContent,
} from './download-offer';
import {toAuditedTrace, type DownloadTrace} from './download-trace';
import type {OpenDownload} from './open-download';
import {within} from '../within';

/** A scanner takes seconds rather than minutes. */
const QUARANTINE_RETRY_MS = 10_000;
/** How long who has too many underway had better wait. */
const RETRY_AFTER_MS = 1000;
const UNKNOWN_TYPE = 'application/octet-stream';

/** What is asked for of a file. */
export interface OfferOptions {
  /** The file itself unless said. */
  readonly variant?: DownloadVariant;
  /** To be saved unless said; it is not always heard. */
  readonly disposition?: Disposition;
}

/** Gives users the files that they may have, and writes down each time. */
@injectable({scope: BindingScope.SINGLETON})
export class AttachmentDownloadService {
  private readonly underway = new Set<Promise<void>>();
  /** How many of them are whose. */
  private readonly counts = new Map<string, number>();
  private stopping = toBeHeardByMany();

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: Pick<ResolvedConfig, 'attachments'>,
    @inject('chat.attachmentAccessService')
    private readonly access: AttachmentAccessService,
    @inject('chat.downloadAuditService')
    private readonly audit: DownloadAuditService,
    @inject(ChatServiceBindings.AttachmentStorage)
    private readonly storage: AttachmentStorage,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  /** Aborted when downloads are to end because the server stops. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /**
   * Finds a file, or its small picture, for a user who may have it.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_UNAVAILABLE while it is scanned
   */
  async offer(
    user: ChatUser,
    id: string,
    {variant = 'original', disposition}: OfferOptions = {},
  ): Promise<DownloadOffer> {
    const file = await this.find(user, id);
    if (file.state === 'quarantined') {
      const retryAfterMs = QUARANTINE_RETRY_MS;
      throw new ChatError('CHAT_UNAVAILABLE', {retryAfterMs});
    }
    const content =
      file.state === 'ready' && (await this.contentOf(file, variant));
    if (!content) throw new ChatError('CHAT_NOT_FOUND');
    return new DownloadOffer(user.id, file, variant, content, disposition);
  }

  /**
   * Writes down an answer that has none of the bytes.
   * @throws ChatError CHAT_UNAVAILABLE
   */
  async note(offer: DownloadOffer, trace: DownloadTrace): Promise<void> {
    const row = this.rowOf(offer, trace);
    const end = {endedOn: row.startedOn, bytesSent: 0};
    await this.audit.begin(
      new AttachmentDownload({...row, ...end, outcome: 'complete'}),
    );
  }

  /**
   * Writes a download down, and opens its bytes only then.
   * @throws ChatError CHAT_UNAVAILABLE, CHAT_NOT_FOUND when the bytes are gone,
   *   CHAT_RATE_LIMITED when too many of the user's are underway
   */
  async open(
    offer: DownloadOffer,
    trace: DownloadTrace,
  ): Promise<OpenDownload> {
    const {signal} = this;
    if (signal.aborted) throw new ChatError('CHAT_UNAVAILABLE');
    const row = this.rowOf(offer, trace);
    const {start, end} = trace.range ?? {start: 0, end: offer.content.size - 1};
    const leave = this.enter(offer.userId);
    try {
      await this.audit.begin(row);
      const bytes = await this.read(offer, row, trace);
      return {
        ...{bytes, size: end - start + 1, signal},
        end: outcome => {
          this.audit.complete(row, outcome);
          leave();
        },
      };
    } catch (err) {
      leave();
      throw err;
    }
  }

  /** Takes downloads, after a stop again. */
  start(): void {
    this.stopping = toBeHeardByMany();
  }

  /** Resolves when no download is underway, and all that is written is complete. */
  async settle(): Promise<void> {
    while (this.underway.size) await Promise.all(this.underway);
    await this.audit.settle();
  }

  /** Ends every download, and completes what is written of them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.underway);
    await this.audit.stop();
  }

  /** @returns what tells that a download is over */
  private enter(userId: string): () => void {
    const count = this.counts.get(userId) ?? 0;
    if (count >= this.config.attachments.maxDownloadsPerUser) {
      const retryAfterMs = RETRY_AFTER_MS;
      throw new ChatError('CHAT_RATE_LIMITED', {retryAfterMs});
    }
    this.counts.set(userId, count + 1);
    let end = () => {};
    const over = new Promise<void>(resolve => (end = resolve));
    this.underway.add(over);
    return () => {
      if (!this.underway.delete(over)) return;
      const left = (this.counts.get(userId) ?? 1) - 1;
      if (left) this.counts.set(userId, left);
      else this.counts.delete(userId);
      end();
    };
  }

  /** What takes too long asks the database nothing more when it comes back. */
  private async find(user: ChatUser, id: string): Promise<AttachmentFile> {
    const waiting = new AbortController();
    const finding = this.access.findFor(user, id, waiting.signal);
    try {
      return await within(this.audit.timeoutMs, finding);
    } finally {
      waiting.abort();
    }
  }

  private async contentOf(
    file: AttachmentFile,
    variant: DownloadVariant,
  ): Promise<OfferedContent | undefined> {
    const {fileKey, thumbnailKey, sha256, size, createdOn} = file;
    const storedAt = new Date(createdOn ?? 0);
    if (variant === 'original') {
      if (!fileKey || size === undefined) return undefined;
      const {name, mediaType = UNKNOWN_TYPE} = file;
      const tag = sha256 ?? digest(fileKey);
      return {storageKey: fileKey, name, mediaType, size, tag, storedAt};
    }
    const found = thumbnailKey && (await this.storage.stat(thumbnailKey));
    if (!found) return undefined;
    return {
      storageKey: thumbnailKey,
      mediaType: THUMBNAIL_MEDIA_TYPE,
      size: found.size,
      // A picture that is made anew has a new key.
      tag: digest(thumbnailKey),
      storedAt,
    };
  }

  private rowOf(
    {userId, file, variant}: DownloadOffer,
    trace: DownloadTrace,
  ): AttachmentDownload {
    const {id: fileId, channelId, messageId} = file;
    return new AttachmentDownload({
      ...{id: uuidv7(), fileId, channelId, messageId, userId, variant},
      ...toAuditedTrace(trace),
      startedOn: new Date(),
    });
  }

  private async read(
    {content}: DownloadOffer,
    row: AttachmentDownload,
    {range}: DownloadTrace,
  ): Promise<Readable> {
    const opening = this.storage.open(content.storageKey, range);
    try {
      // One that answers never holds up neither who asks nor a stop.
      return await within(this.audit.timeoutMs, opening);
    } catch (err) {
      opening.then(
        bytes => bytes.destroy(),
        () => undefined,
      );
      this.audit.complete(row, {outcome: 'failed', bytesSent: 0});
      const isGone = err instanceof FileMissingError;
      // They may have been removed since, and else an operator has to know.
      if (isGone) {
        this.logger.warn('The bytes of a file are gone', {fileId: row.fileId});
      }
      const code = isGone ? 'CHAT_NOT_FOUND' : 'CHAT_UNAVAILABLE';
      throw new ChatError(code, {cause: err});
    }
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Each download listens, and there is no bound to how many there are. */
function toBeHeardByMany(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
