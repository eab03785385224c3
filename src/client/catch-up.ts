import {isBusy, isPassing, NoAnswerError} from './answer';
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
/** Refused for what it says: without some of its channels it may be answered. */
const STATUS_OF_CONTENT = [400, 413, 422];

/** Asks for what was missed, one question after the other. */
export class CatchUp {
  private readonly queue = new Set<string>();
  /** Where the list goes on; undefined when it need not be asked for. */
  private pageToken?: string;
  private isRunning = false;
  /** How many channels a question has: one that fails is asked in parts. */
  private size = MAX_ASKED;
  private fruitless = 0;
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
    this.fruitless = 0;
    this.wait.reset();
  }

  private async run(): Promise<void> {
    const {transport} = this.context;
    this.isRunning = true;
    while (transport.isUp && !this.isDone) await this.step();
    this.isRunning = false;
    if (transport.isUp) this.context.onDone();
  }

  /** Asks one question, and waits where it brought nothing on. */
  private async step(): Promise<void> {
    const channelIds = [...this.queue].slice(0, this.size);
    try {
      const isFruitful = channelIds.length
        ? await this.askChannels(channelIds)
        : await this.list();
      this.size = Math.min(2 * this.size, MAX_ASKED);
      this.fruitless = isFruitful ? 0 : this.fruitless + 1;
      if (this.fruitless > MAX_FRUITLESS) this.giveUp(channelIds);
      // An answer that was under way when something happened may lack it, so
      // that the first fruitless one is followed by another at once.
      await this.wait.after(isFruitful);
    } catch (err) {
      // The answer may have been what the connection could not take.
      if (!this.context.transport.isUp) this.narrow(channelIds);
      else if (isPassing(err)) await this.afterFailure(err, channelIds);
      else this.afterRefusal(err, channelIds);
    }
  }

  private async afterFailure(err: unknown, channelIds: string[]) {
    const isTooLong = err instanceof NoAnswerError;
    // One channel may be the cause of a fault: it is not to hold up the others.
    if (channelIds.length > 1 && (isTooLong || !isBusy(err))) {
      this.narrow(channelIds);
      return;
    }
    if (!isBusy(err)) this.afterFault(err, channelIds);
    const {retryDelayMs} = this.context.options;
    const {retryAfterMs} = err as {retryAfterMs?: number};
    const leastMs = retryAfterMs ?? (isBusy(err) ? retryDelayMs : 0);
    await this.wait.after(false, leastMs);
  }

  /** Puts the one channel to the end, and gives it up when only such are left. */
  private afterFault(err: unknown, channelIds: string[]): void {
    const [alone] = channelIds;
    if (alone === undefined) return;
    this.queue.delete(alone);
    this.queue.add(alone);
    if (++this.fruitless <= MAX_FRUITLESS * this.queue.size) return;
    this.context.onError(err);
    this.giveUp(channelIds);
  }

  private afterRefusal(err: unknown, channelIds: string[]): void {
    const {statusCode} = err as {statusCode?: number};
    const isOfContent = STATUS_OF_CONTENT.includes(statusCode ?? 0);
    if (isOfContent && channelIds.length > 1) {
      this.narrow(channelIds);
      return;
    }
    this.context.onError(err);
    if (!channelIds.length || !isOfContent) this.pageToken = undefined;
    // Who may not ask of some may ask of none.
    if (channelIds.length) {
      this.giveUp(isOfContent ? channelIds : [...this.queue]);
    }
  }

  private narrow({length}: readonly string[]): void {
    if (length) this.size = Math.max(1, length >> 1);
  }

  private async askChannels(channelIds: string[]): Promise<boolean> {
    const {logs, transport, onPage, onGone} = this.context;
    const asked = channelIds.map(channelId => ({
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
  private giveUp(channelIds: readonly string[]): void {
    for (const channelId of channelIds) {
      this.context.logs.find(channelId)?.goLive();
      this.queue.delete(channelId);
    }
    this.fruitless = 0;
  }
}
