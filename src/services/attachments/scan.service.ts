import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {AttachmentFile, type FileState} from '../../models';
import type {AttachmentFileRepository} from '../../repositories';
import {FileMissingError, type AttachmentStorage} from '../../storage';
import type {ChatLogger} from '../../types';
import type {ChatEvents} from '../chat-events';
import {faultNames} from '../fault-names';
import {pagesOf} from '../pages';
import type {AttachmentScanner} from './attachment-scanner';
import {within} from '../within';
import {WorkQueue} from './work-queue';

const QUEUE = {atOnce: 2, waiting: 1000};
/** A scanner that hangs does not hold up the others for longer. */
const MAX_SCAN_MS = 300_000;

const VERDICTS = new Map<unknown, FileState>([
  ['clean', 'ready'],
  ['infected', 'infected'],
]);
const NO_KEY = {fileKey: null} as unknown as Partial<AttachmentFile>;

/**
 * Has the host's scanner look at files in quarantine. Several processes may show
 * it the same file; one of them moves it.
 */
@injectable({scope: BindingScope.SINGLETON})
export class ScanService {
  private readonly known = new Set<string>();
  private readonly queue = new WorkQueue<AttachmentFile>(
    file => this.scan(file),
    QUEUE,
  );

  constructor(
    @inject(ChatServiceBindings.AttachmentStorage)
    private readonly storage: AttachmentStorage,
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AttachmentFileRepository,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
    @inject(ChatServiceBindings.AttachmentScanner, {optional: true})
    private readonly scanner?: AttachmentScanner,
  ) {}

  /** Whether the host has bound a scanner. */
  get isBound(): boolean {
    return this.scanner !== undefined;
  }

  /** Has a file looked at soon; when too many wait, {@link rescan} finds it. */
  add(file: AttachmentFile): void {
    if (file.state !== 'quarantined' || this.known.has(file.id)) return;
    if (this.queue.add(file)) this.known.add(file.id);
  }

  /**
   * Sees to all that failures and ends of processes have left: files still in
   * quarantine, and bytes of infected ones.
   */
  async rescan(): Promise<void> {
    if (!this.scanner) return;
    const where = {state: 'quarantined' as const, deleted: false};
    for await (const page of pagesOf<AttachmentFile>(this.files, where)) {
      for (const file of page) this.add(file);
    }
    const isThere = {fileKey: {neq: null}} as unknown as object;
    const infected = {state: 'infected' as const, ...isThere};
    for await (const page of pagesOf<AttachmentFile>(this.files, infected)) {
      for (const file of page) await this.purge(file);
    }
  }

  begin(): void {
    this.queue.begin();
  }

  /** Abandons what waits. @returns once what is underway is over */
  async end(): Promise<void> {
    await this.queue.end();
    this.known.clear();
  }

  private async scan(file: AttachmentFile): Promise<void> {
    try {
      const state = await this.verdictOn(file);
      // The data source is closed, or about to be: another start sees to it.
      if (!this.queue.isEnded) await this.move(file, state);
    } catch (err) {
      if (this.queue.isEnded) return;
      const isGone = err instanceof FileMissingError;
      if (isGone) await this.move(file, 'removed').catch(() => undefined);
      const context = {fileId: file.id, ...faultNames(err)};
      this.logger.warn('A file was not scanned', context);
    } finally {
      this.known.delete(file.id);
    }
  }

  private async verdictOn(file: AttachmentFile): Promise<FileState> {
    const {id, size = 0, mediaType = '', fileKey = ''} = file;
    const open = () => this.storage.open(fileKey);
    const scanned = this.scanner?.scan({id, size, mediaType, open});
    const verdict = await within(MAX_SCAN_MS, Promise.resolve(scanned));
    const state = VERDICTS.get(verdict);
    if (!state) throw new TypeError('It is neither clean nor infected.');
    return state;
  }

  /** Whoever moves it out of quarantine tells. */
  private async move(file: AttachmentFile, state: FileState): Promise<void> {
    const {id} = file;
    const where = {id, state: 'quarantined' as const};
    const {count} = await this.files.updateAll({state}, where);
    if (!count) return;
    const moved = new AttachmentFile({...file, state});
    if (state === 'infected') await this.reject(moved);
    if (state !== 'removed') {
      this.events.emit('attachment.scanned', {file: moved});
    }
  }

  private async reject(file: AttachmentFile): Promise<void> {
    const {id: fileId, createdBy: userId, channelId} = file;
    this.logger.warn('A file is infected', {fileId, userId, channelId});
    try {
      await this.purge(file);
    } catch (err) {
      const context = {fileId, ...faultNames(err)};
      this.logger.warn('An infected file was not removed yet', context);
    }
  }

  /** The row without a key says that the bytes are gone. */
  private async purge({id, fileKey}: AttachmentFile): Promise<void> {
    if (!fileKey) return;
    await this.storage.remove(fileKey);
    await this.files.updateAll(NO_KEY, {id, state: 'infected'});
  }
}
