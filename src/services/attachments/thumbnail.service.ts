import {BindingScope, inject, injectable} from '@loopback/core';
import {Readable} from 'stream';
import type {ResolvedConfig} from '../../config';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {THUMBNAIL_MEDIA_TYPE, type ThumbnailMaker} from '../../media';
import type {AttachmentFile} from '../../models';
import type {AttachmentFileRepository} from '../../repositories';
import {newStorageKey, type AttachmentStorage} from '../../storage';
import type {ChatLogger} from '../../types';
import {faultNames} from '../fault-names';
import {WorkQueue} from './work-queue';

/** Each takes memory for a picture in full. */
const QUEUE = {atOnce: 1, waiting: 200};

const WITHOUT = {thumbnailKey: null} as unknown as object;

/** Makes small pictures of files that are stored, in the background. */
@injectable({scope: BindingScope.SINGLETON})
export class ThumbnailService {
  private ending = new AbortController();
  private readonly queue = new WorkQueue<AttachmentFile>(
    file => this.make(file),
    QUEUE,
  );

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: Pick<ResolvedConfig, 'attachments'>,
    @inject('chat.thumbnailMaker') private readonly maker: ThumbnailMaker,
    @inject(ChatServiceBindings.AttachmentStorage)
    private readonly storage: AttachmentStorage,
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AttachmentFileRepository,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  /** Sees to a file that is `ready`; when too many wait, it goes without. */
  add(file: AttachmentFile): void {
    const isSeen = file.state === 'ready' && !!file.mediaType;
    if (isSeen && this.maker.knows(file.mediaType ?? '')) this.queue.add(file);
  }

  begin(): void {
    this.ending = new AbortController();
    this.queue.begin();
  }

  /** Abandons what waits, and ends what is underway. */
  async end(): Promise<void> {
    this.ending.abort();
    await this.queue.end();
  }

  private async make(file: AttachmentFile): Promise<void> {
    try {
      const picture = await this.pictureOf(file);
      if (picture) await this.store(file, picture);
    } catch (err) {
      // A picture that is none, most of the time; the text of it may quote it.
      const context = {fileId: file.id, ...faultNames(err)};
      this.logger.info('A file has no small picture', context);
    }
  }

  private pictureOf({
    fileKey = '',
    mediaType = '',
    size = 0,
  }: AttachmentFile): Promise<Buffer | undefined> {
    const {maxPixels, thumbnailPixels} = this.config.attachments;
    const open = () => this.storage.open(fileKey);
    const {signal} = this.ending;
    const limits = {maxPixels, longestSide: thumbnailPixels, signal};
    return this.maker.make({mediaType, size, open}, limits);
  }

  private async store({id}: AttachmentFile, picture: Buffer): Promise<void> {
    const thumbnailKey = newStorageKey();
    const mediaType = THUMBNAIL_MEDIA_TYPE;
    let count = 0;
    try {
      const bytes = Readable.from([picture]);
      await this.storage.put(thumbnailKey, bytes, {mediaType});
      // It may be deleted by now, or have got one from another process.
      const where = {id, state: 'ready' as const, deleted: false, ...WITHOUT};
      ({count} = await this.files.updateAll({thumbnailKey}, where));
    } finally {
      if (!count) await this.storage.remove(thumbnailKey);
    }
  }
}
