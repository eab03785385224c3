import {
  BindingScope,
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {ChatLogger} from '../../types';
import {asChatError} from '../chat-error';
import type {ChatEvents} from '../chat-events';
import {RETENTION_GROUP} from '../retention/retention.observer';
import type {ScanService} from './scan.service';
import type {ThumbnailService} from './thumbnail.service';
import {within} from '../within';

/** How often files that could not be scanned are shown to the scanner again. */
const RESCAN_MS = 60_000;
/** A scanner that hangs does not hold up the stop for longer. */
const MAX_STOP_MS = 3000;

/** Has stored files scanned, and small pictures made, after uploads are answered. */
@lifeCycleObserver(RETENTION_GROUP, {scope: BindingScope.SINGLETON})
export class AttachmentObserver implements LifeCycleObserver {
  private readonly ends: (() => unknown)[] = [];
  private rescanning: Promise<void> = Promise.resolve();

  constructor(
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.scanService') private readonly scans: ScanService,
    @inject('chat.thumbnailService')
    private readonly thumbnails: ThumbnailService,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  start(): void {
    const {events, scans, thumbnails} = this;
    thumbnails.begin();
    scans.begin();
    this.ends.push(
      events.on('attachment.stored', ({file}) => thumbnails.add(file)),
      events.on('attachment.scanned', ({file}) => thumbnails.add(file)),
    );
    if (!scans.isBound) return;
    const rescan = () => {
      this.rescanning = this.rescan();
    };
    const timer = setInterval(rescan, RESCAN_MS).unref();
    this.ends.push(
      events.on('attachment.stored', ({file}) => scans.add(file)),
      () => clearInterval(timer),
    );
    rescan();
  }

  /**
   * What is not scanned by then is scanned after the next start; a scanner or a
   * storage that hangs is not waited for.
   */
  async stop(): Promise<void> {
    for (const end of this.ends.splice(0)) end();
    const ending = [this.rescanning, this.scans.end(), this.thumbnails.end()];
    // Who is late is abandoned: its file is looked at after the next start.
    await within(MAX_STOP_MS, Promise.all(ending)).catch(() => undefined);
  }

  private async rescan(): Promise<void> {
    try {
      await this.scans.rescan();
    } catch (err) {
      const {code, cause} = asChatError(err);
      const {name} = Object(cause) as Error;
      this.logger.warn('Files were not scanned again', {code, error: name});
    }
  }
}
