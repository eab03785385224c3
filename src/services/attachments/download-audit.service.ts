import {BindingScope, inject, injectable} from '@loopback/core';
import {setTimeout as pause} from 'timers/promises';
import {ChatError} from '../../errors';
import {ChatInternalBindings} from '../../keys';
import type {AttachmentDownload} from '../../models';
import type {AttachmentDownloadRepository} from '../../repositories';
import type {ChatLogger} from '../../types';
import {asChatError} from '../chat-error';
import {faultNames} from '../fault-names';
import type {DownloadEnd} from './open-download';
import {within} from '../within';

/** Bounds of the audit; tests bind their own. */
export interface DownloadAuditLimits {
  /** How long a download waits for its row, in milliseconds. */
  readonly timeoutMs: number;
  /** How long to wait before each further attempt to complete a row. */
  readonly retryDelaysMs: readonly number[];
  /** Most rows that wait to be completed; bounds memory. */
  readonly maxWaiting: number;
}

/** Of a row, what its completion names. */
export type AuditedDownload = Pick<AttachmentDownload, 'id' | 'fileId'>;

const DEFAULT_LIMITS: DownloadAuditLimits = {
  timeoutMs: 10_000,
  retryDelaysMs: [1000, 5000, 30_000],
  maxWaiting: 10_000,
};

const STOP_TIMEOUT_MS = 3000;

/**
 * Writes down every download, once before its first byte and once after its
 * end. Nothing here changes a row that is complete, or deletes one.
 */
@injectable({scope: BindingScope.SINGLETON})
export class DownloadAuditService {
  private readonly completing = new Set<Promise<void>>();
  private stopping = new AbortController();

  constructor(
    @inject('repositories.AttachmentDownloadRepository')
    private readonly downloads: AttachmentDownloadRepository,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
    @inject('chat.downloadAuditLimits', {optional: true})
    private readonly limits = DEFAULT_LIMITS,
  ) {}

  /** How long a download waits for the store, in milliseconds. */
  get timeoutMs(): number {
    return this.limits.timeoutMs;
  }

  /**
   * Writes the row of a download that is about to begin. Without it there is
   * to be none.
   * @throws ChatError CHAT_UNAVAILABLE, whatever the store's reason
   */
  async begin(row: AttachmentDownload): Promise<void> {
    const inserting = this.downloads.create(row);
    try {
      await within(this.limits.timeoutMs, inserting);
    } catch (err) {
      if (err instanceof ChatError) this.disown(row, inserting);
      throw new ChatError('CHAT_UNAVAILABLE', {cause: err});
    }
  }

  /**
   * Completes the row of a download, later again if the store is away: nobody
   * waits for it.
   */
  complete(download: AuditedDownload, end: DownloadEnd): void {
    if (this.completing.size >= this.limits.maxWaiting) {
      this.giveUp(download, new ChatError('CHAT_UNAVAILABLE'));
      return;
    }
    const change = {...end, endedOn: new Date()};
    this.track(this.tryToComplete(download, change));
  }

  /** Resolves when every row so far is complete or given up. */
  async settle(): Promise<void> {
    while (this.completing.size) await Promise.all(this.completing);
  }

  /** Waits no longer: what is to be completed is tried once more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    // What takes longer is logged when it is given up.
    await within(STOP_TIMEOUT_MS, this.settle()).catch(() => undefined);
    this.stopping = new AbortController();
  }

  private async tryToComplete(
    download: AuditedDownload,
    change: Partial<AttachmentDownload>,
  ): Promise<void> {
    const delaysMs = [...this.limits.retryDelaysMs];
    for (;;) {
      const isLast = !delaysMs.length || this.stopping.signal.aborted;
      try {
        await this.update(download, change);
        return;
      } catch (err) {
        if (isLast) return this.giveUp(download, err);
      }
      await pauseFor(delaysMs.shift(), this.stopping.signal);
    }
  }

  /** Completes it once: whoever comes second changes nothing. */
  private async update(
    {id}: AuditedDownload,
    change: Partial<AttachmentDownload>,
  ): Promise<void> {
    const isOpen = {id, outcome: null as never};
    const updating = this.downloads.updateAll(change, isOpen);
    await within(this.limits.timeoutMs, updating);
  }

  /** A row that comes too late is of a download that was refused. */
  private disown(row: AttachmentDownload, inserting: Promise<unknown>): void {
    this.track(
      inserting.then(
        () => this.complete(row, {outcome: 'failed', bytesSent: 0}),
        () => undefined,
      ),
    );
  }

  private track(work: Promise<void>): void {
    const tracked = work.finally(() => this.completing.delete(tracked));
    this.completing.add(tracked);
  }

  private giveUp({id, fileId}: AuditedDownload, reason: unknown): void {
    const {code, cause} = asChatError(reason);
    this.logger.warn('A download was not completed in the audit', {
      ...{downloadId: id, fileId, code, ...faultNames(cause)},
    });
  }
}

/** @param signal - ends the pause, and no more */
async function pauseFor(
  delayMs: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  await pause(delayMs, undefined, {signal, ref: false}).catch(() => undefined);
}
