import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {logFault} from '../log-fault';
import {asChatError, type ReceiptService} from '../services';
import type {ChatLogger} from '../types';

/** How far one member has received one channel. */
interface Receipt {
  readonly channelId: string;
  readonly userId: string;
  receivedSeq: number;
  /** The connection that acked; undefined of several, each of which is told. */
  origin: string | undefined;
}

/**
 * Up to so many a second go out at once; of more each waits longer and stands for
 * more messages, as writing and telling one costs as much as a message does. No
 * longer than that, as senders look at their ticks.
 */
const QUICK_PER_SECOND = 200;
const MAX_DELAY_MS = 1000;

/** Bounds what is gathered while the store is slow. */
const MAX_GATHERED = 10_000;

/** Gathers clients' acks and writes them in batches, one cursor for many messages. */
@injectable({scope: BindingScope.SINGLETON})
export class Receipts {
  private gathered = new Map<string, Receipt>();
  private timer?: NodeJS.Timeout;
  private writing?: Promise<void>;
  private delayMs: number;
  private flushedAt = -Infinity;

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatServiceBindings.ReceiptService)
    private readonly receipts: ReceiptService,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {
    this.delayMs = config.realtime.receiptDelayMs;
  }

  /**
   * Notes that a member has received a channel up to a message.
   * @param origin - the connection that acked, which is not told of it
   */
  add(
    channelId: string,
    userId: string,
    receivedSeq: number,
    origin?: string,
  ): void {
    const key = `${userId} ${channelId}`;
    const known = this.gathered.get(key);
    if (known) {
      known.receivedSeq = Math.max(known.receivedSeq, receivedSeq);
      if (known.origin !== origin) known.origin = undefined;
      return;
    }
    // A client reports again when it comes back; nothing but a tick is lost.
    if (this.gathered.size >= MAX_GATHERED) return;
    this.gathered.set(key, {channelId, userId, receivedSeq, origin});
    // The pace counts from the last ones: after a pause they are quick again.
    const sinceMs = performance.now() - this.flushedAt;
    const {receiptDelayMs} = this.config.realtime;
    const waitMs = Math.max(receiptDelayMs, this.delayMs - sinceMs);
    this.timer ??= setTimeout(() => void this.flush(), waitMs);
  }

  /** Writes what was gathered; resolves when it is written. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.writing;
    const receipts = [...this.gathered.values()];
    // Others who waited for the last write may have begun the next.
    if (!receipts.length) return this.writing;
    this.gathered = new Map();
    this.delayMs = this.delayAfter(receipts.length);
    this.flushedAt = performance.now();
    this.writing = this.write(receipts);
    await this.writing;
  }

  private async write(receipts: Receipt[]): Promise<void> {
    try {
      await this.receipts.moveMany(receipts);
    } catch (err) {
      logFault(this.logger, asChatError(err), err);
    }
  }

  /** How long to gather after so many were written. */
  private delayAfter(count: number): number {
    const paceMs = (1000 * count) / QUICK_PER_SECOND;
    const {receiptDelayMs} = this.config.realtime;
    return Math.max(receiptDelayMs, Math.min(paceMs, MAX_DELAY_MS));
  }
}
