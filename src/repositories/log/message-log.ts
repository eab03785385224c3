import type {AppendRequest} from './append-request';
import {ChannelLanes} from './channel-lanes';
import {ChurnMap} from './churn-map';
import {
  DuplicateMessageError,
  type Appended,
  type MessageAppender,
} from './message-appender';
import {MessageLogFullError} from './message-log-full.error';
import {openingRequests, type FindBlocked} from './opening-requests';
import {RecentIds} from './recent-ids';
import {classifyStoreError} from './store-error';
import {toStored, type StoredMessage} from './stored-message';

/** The limits of a {@link MessageLog}. */
export interface MessageLogLimits {
  readonly maxBatchSize: number;
  readonly maxBatchesInFlight: number;
  readonly maxWaiting: number;
}

/** Looks stored messages up by their ids. */
export type FindStored = (ids: string[]) => Promise<StoredMessage[]>;

interface Waiting {
  readonly request: AppendRequest;
  resolve(stored: StoredMessage | undefined): void;
  reject(err: unknown): void;
}

const MAX_ATTEMPTS = 5;
const MAX_BATCH_CHARACTERS = 1_000_000;
const MAX_KNOWN_CHANNELS = 50_000;
const MIN_RECENT_IDS = 10_000;

/**
 * Puts messages into the store in batches (group commit): at rest each goes
 * alone and at once; under load, while batches are in flight, the others gather.
 * A channel is in one batch at a time, so its messages keep their order.
 */
export class MessageLog {
  private readonly lanes: ChannelLanes<Waiting>;
  private readonly byId = new ChurnMap<Promise<StoredMessage | undefined>>();
  private readonly knownChannels = new Set<string>();
  /** Of messages in the store: whoever sends one again has no batch fail. */
  private readonly recent = new RecentIds(MIN_RECENT_IDS);
  private batchesInFlight = 0;
  private isPumpDue = false;

  constructor(
    private readonly appender: MessageAppender,
    private readonly findStored: FindStored,
    private readonly findBlocked: FindBlocked,
    private readonly limits: MessageLogLimits,
  ) {
    this.lanes = new ChannelLanes(
      limits.maxBatchSize,
      MAX_BATCH_CHARACTERS,
      ({request: {message}}) =>
        message.body.length + (message.ext?.length ?? 0),
    );
  }

  /**
   * Stores a message once: an id that is stored, waiting or in flight already
   * gives that message, whatever this one says.
   * @returns the message in the store after commit, or undefined when the
   *   sender is no member of the channel
   * @throws MessageLogFullError, or what the database answered
   */
  append(request: AppendRequest): Promise<StoredMessage | undefined> {
    const {id, channelId} = request.message;
    const underway = this.byId.get(id);
    if (underway) return underway;
    if (this.lanes.waiting >= this.limits.maxWaiting) {
      return Promise.reject(new MessageLogFullError());
    }
    const stored = new Promise<StoredMessage | undefined>((resolve, reject) => {
      this.lanes.push(channelId, {
        request,
        resolve: message => {
          this.byId.delete(id);
          resolve(message);
        },
        reject: err => {
          this.byId.delete(id);
          reject(err);
        },
      });
    });
    this.byId.set(id, stored);
    this.pumpSoon();
    return stored;
  }

  /**
   * Runs `work` while no message of these channels is on its way into the
   * store from this process: they wait, and are told of after it.
   */
  async exclusively<T>(
    channelIds: readonly string[],
    work: () => Promise<T>,
  ): Promise<T> {
    const releases: (() => void)[] = [];
    try {
      for (const channelId of [...new Set(channelIds)].sort()) {
        releases.push(await this.lanes.reserve(channelId));
      }
      return await work();
    } finally {
      for (const release of releases) release();
      this.pumpSoon();
    }
  }

  /** Lets frames that arrived in one turn of the event loop share a batch. */
  private pumpSoon(): void {
    if (this.isPumpDue) return;
    this.isPumpDue = true;
    setImmediate(() => {
      this.isPumpDue = false;
      this.pump();
    });
  }

  private pump(): void {
    while (this.batchesInFlight < this.limits.maxBatchesInFlight) {
      const batch = this.lanes.takeBatch();
      if (!batch) break;
      this.batchesInFlight++;
      void this.commit(batch.items).finally(() => {
        this.batchesInFlight--;
        batch.release();
        this.pump();
      });
    }
  }

  private async commit(batch: Waiting[]): Promise<void> {
    let rest = batch;
    let isLocked = false;
    for (let attempt = 1; rest.length; attempt++) {
      try {
        rest = await this.settleKnown(rest, id => this.recent.has(id));
        if (!rest.length) return;
        const at = new Date();
        await this.openChannels(rest, at);
        const messages = rest.map(({request}) => request.message);
        const appended = await this.appender.append(messages, at, isLocked);
        rest = this.settle(rest, appended, at, isLocked);
        isLocked = true;
      } catch (err) {
        rest = await this.afterFailure(err, rest, attempt);
      }
    }
  }

  private async openChannels(batch: Waiting[], at: Date): Promise<void> {
    const requests = batch
      .map(({request}) => request)
      .filter(({opens}) => opens && !this.knownChannels.has(opens.id));
    const opening = await openingRequests(requests, this.findBlocked);
    if (!opening.size) return;
    const channels = [...opening.values()].flatMap(({opens}) => opens ?? []);
    const openedIds = new Set(await this.appender.open(channels, at));
    if (this.knownChannels.size > MAX_KNOWN_CHANNELS)
      this.knownChannels.clear();
    for (const channel of channels) {
      this.knownChannels.add(channel.id);
      if (openedIds.has(channel.id))
        opening.get(channel.id)?.onOpened?.(channel);
    }
  }

  /** @returns those who were overtaken: to be tried again, behind the lock */
  private settle(
    batch: Waiting[],
    {numbers, overtaken}: Appended,
    at: Date,
    isLocked: boolean,
  ): Waiting[] {
    const rest: Waiting[] = [];
    for (const waiting of batch) {
      const {request, resolve} = waiting;
      const {message} = request;
      const given = numbers.get(message.id);
      if (given) {
        const stored = toStored(message, given, at);
        this.recent.add(message.id);
        request.onAppended?.(stored);
        resolve(stored);
      } else if (!isLocked && overtaken.has(message.id)) {
        rest.push(waiting);
      } else {
        // The channel may be gone from the store: look again next time.
        this.knownChannels.delete(message.channelId);
        resolve(undefined);
      }
    }
    return rest;
  }

  /** @returns those of the batch to be tried again; the others are settled */
  private async afterFailure(
    err: unknown,
    batch: Waiting[],
    attempt: number,
  ): Promise<Waiting[]> {
    let reason = err;
    if (batch.length > 1 && classifyStoreError(err) === 'fault') {
      // One that the database refuses does not take the others with it.
      const middle = batch.length >> 1;
      await this.commit(batch.slice(0, middle));
      await this.commit(batch.slice(middle));
      return [];
    }
    if (attempt < MAX_ATTEMPTS) {
      if (classifyStoreError(err) === 'collision') return batch;
      try {
        if (err instanceof DuplicateMessageError) {
          return await this.settleKnown(batch);
        }
      } catch (lookupErr) {
        reason = lookupErr;
      }
    }
    for (const {reject} of batch) reject(reason);
    return [];
  }

  /**
   * Answers the messages that are stored already with what is stored.
   * @param isSought - tells by the id which are looked up
   * @returns the others
   */
  private async settleKnown(
    batch: Waiting[],
    isSought: (id: string) => boolean = () => true,
  ): Promise<Waiting[]> {
    const ids = batch.map(({request}) => request.message.id).filter(isSought);
    if (!ids.length) return batch;
    const stored = await this.findStored(ids);
    stored.forEach(({id}) => this.recent.add(id));
    const known = new Map(stored.map(message => [message.id, message]));
    return batch.filter(({request, resolve}) => {
      const message = known.get(request.message.id);
      if (message) resolve(message);
      return !message;
    });
  }
}
