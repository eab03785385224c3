import {isPassing} from './answer';
import type {ChannelLogs} from './channel-logs';
import type {ResolvedClientOptions} from './options';
import {RetryWait} from './retry-wait';
import {askChannels, askList, type ChannelPage} from './sync-questions';
import type {Transport} from './transport';

/** What a catch-up works with, and whom it tells. */
export interface CatchUpContext {
  readonly transport: Transport;
  readonly logs: ChannelLogs;
  readonly options: ResolvedClientOptions;
  /** Takes a part of what was asked for. @returns whether there is more to ask */
  onPage(page: ChannelPage, askedFrom: number): boolean;
  /** Takes a channel of the list. @returns whether it has to be asked for */
  onListed(page: ChannelPage): boolean;
  /** A channel that was asked for is no longer the user's. */
  onGone(channelId: string): void;
  /** Everything that was asked for is here. */
  onDone(): void;
  onError(err: unknown): void;
}

/** The server's own limit for one question. */
const MAX_ASKED = 100;
/** Answers without news are not waited for for ever. */
const MAX_FRUITLESS = 5;

/** Asks for what was missed, one question after the other. */
export class CatchUp {
  private readonly queue = new Set<string>();
  /** Where the list goes on; undefined when it need not be asked for. */
  private pageToken?: string;
  private isRunning = false;
  private readonly wait: RetryWait;

  constructor(private readonly context: CatchUpContext) {
    const {retryDelayMs: minMs, maxRetryDelayMs: maxMs} = context.options;
    this.wait = new RetryWait({minMs, maxMs});
  }

  /** Whether nothing is asked for. */
  get isDone(): boolean {
    return !this.queue.size && this.pageToken === undefined;
  }

  /** Asks for all: those channels that are known, then the list of all. */
  askAll(): void {
    for (const log of this.context.logs.all) {
      log.isCatchingUp = true;
      this.queue.add(log.channelId);
    }
    this.pageToken = '';
    this.resume();
  }

  /** Asks what is missing in one channel. */
  ask(channelId: string): void {
    this.queue.add(channelId);
    if (!this.isRunning) void this.run();
  }

  /** Goes on at once: there is a connection. */
  resume(): void {
    this.interrupt();
    if (!this.isRunning) void this.run();
  }

  /** Ends the wait between two attempts. */
  interrupt(): void {
    this.wait.reset();
  }

  private async run(): Promise<void> {
    const {transport} = this.context;
    this.isRunning = true;
    while (transport.isUp && !this.isDone) {
      // An answer that was under way when something happened may lack it, so
      // that the first fruitless one is followed by another at once.
      await this.wait.after(await this.step());
    }
    this.isRunning = false;
    if (transport.isUp) this.context.onDone();
  }

  /** @returns whether it brought anything on */
  private async step(): Promise<boolean> {
    try {
      if (!this.queue.size) return await this.list();
      const isFruitful = await this.askQueued();
      if (!isFruitful && this.wait.failures >= MAX_FRUITLESS) this.giveUp();
      return isFruitful;
    } catch (err) {
      if (isPassing(err)) return !this.context.transport.isUp;
      this.context.onError(err);
      this.pageToken = undefined;
      this.giveUp();
      return true;
    }
  }

  private async askQueued(): Promise<boolean> {
    const {logs, transport, onPage, onGone} = this.context;
    const asked = [...this.queue].slice(0, MAX_ASKED).map(channelId => ({
      channelId,
      changeSeq: logs.of(channelId).askFrom,
    }));
    const pages = await askChannels(transport, asked);
    let isFruitful = false;
    for (const {channelId, changeSeq} of asked) {
      const page = pages.get(channelId);
      this.queue.delete(channelId);
      if (!page) onGone(channelId);
      // To the end: the others may be what the answer had no room for.
      else if (onPage(page, changeSeq)) this.queue.add(channelId);
      const isSame = logs.find(channelId)?.askFrom === changeSeq;
      isFruitful ||= !this.queue.has(channelId) || !isSame;
    }
    return isFruitful;
  }

  private async list(): Promise<boolean> {
    const {logs, transport, onListed} = this.context;
    const {pages, next} = await askList(transport, this.pageToken ?? '');
    for (const page of pages) {
      const channelId = page.channel?.id;
      if (channelId && onListed(page)) this.queue.add(channelId);
    }
    this.pageToken = next;
    if (next === undefined) logs.complete();
    return true;
  }

  /** Better a hole than silence. */
  private giveUp(): void {
    for (const channelId of this.queue) {
      this.context.logs.find(channelId)?.goLive();
    }
    this.queue.clear();
  }
}
