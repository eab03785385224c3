import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../../config';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import type {Message} from '../../models';
import type {
  ChannelChange,
  ChannelLedger,
  ExpiredChannels,
  MessageChanges,
  MessageRepository,
} from '../../repositories';
import type {ChatEvents} from '../chat-events';
import {TOMBSTONE} from '../tombstone';

/** Who deletes what is too old, in `deletedBy`. */
export const RETENTION_ACTOR = 'chat:retention';

/** What a sweep deleted. */
export interface SweepCounts {
  readonly messages: number;
  readonly channels: number;
}

const DAY_MS = 86_400_000;
/** Most messages that one transaction deletes. */
const MAX_BATCH = 200;
/** How far nodes' clocks may differ, and a message be underway. */
const SLACK_MS = 3_600_000;

/** Deletes messages that have lived as long as the config lets their type of channel. */
@injectable({scope: BindingScope.SINGLETON})
export class RetentionService {
  /** Until when all is swept, by channel type: a later sweep begins there. */
  private readonly sweptUntil = new Map<string, Date>();

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: Pick<ResolvedConfig, 'retention'>,
    @inject('chat.expiredChannels')
    private readonly expired: ExpiredChannels,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject(ChatInternalBindings.MessageChanges)
    private readonly changes: MessageChanges,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /**
   * Makes tombstones of all messages that are too old at `now`, in batches of
   * one channel and transaction; each is a numbered change, told as any other
   * deletion. Several nodes may do so at once. After a failure, the next sweep
   * does what is left. Messages that somebody writes into the database with an
   * old time are found by the first sweep of a process only.
   * @param signal - ends it after the batch underway
   */
  async sweep(now = new Date(), signal?: AbortSignal): Promise<SweepCounts> {
    const counts = {messages: 0, channels: 0};
    const {maxAgeDays} = this.config.retention;
    for (const [type, days] of Object.entries(maxAgeDays)) {
      const until = new Date(now.getTime() - days * DAY_MS);
      const from = this.sweptUntil.get(type);
      for await (const ids of this.expired.ofType(type, {from, until})) {
        await this.sweepChannels(ids, until, counts, signal);
        if (signal?.aborted) return counts;
      }
      const latest = Math.min(until.getTime(), Date.now() - SLACK_MS);
      this.sweptUntil.set(type, new Date(latest));
    }
    return counts;
  }

  private async sweepChannels(
    ids: readonly string[],
    until: Date,
    counts: {messages: number; channels: number},
    signal?: AbortSignal,
  ): Promise<void> {
    for (const id of ids) {
      const count = await this.sweepChannel(id, until, signal);
      counts.messages += count;
      if (count) counts.channels++;
    }
  }

  private async sweepChannel(
    channelId: string,
    until: Date,
    signal?: AbortSignal,
  ): Promise<number> {
    let count = 0;
    let from: Date | undefined;
    while (!signal?.aborted) {
      const after = from;
      const batch = await this.ledger.change([channelId], change =>
        this.deleteSome(change, channelId, {from: after, until}),
      );
      count += batch.length;
      if (batch.length < MAX_BATCH) break;
      // So that the tombstones of this sweep are not looked at again.
      from = batch[batch.length - 1].createdOn;
    }
    return count;
  }

  /** @returns what was deleted, the oldest first */
  private async deleteSome(
    change: ChannelChange,
    channelId: string,
    {from, until}: {from?: Date; until: Date},
  ): Promise<Message[]> {
    // Not in one condition: juggler takes one operator of each.
    const written = [
      {createdOn: {lt: until}},
      ...(from ? [{createdOn: {gte: from}}] : []),
    ];
    const batch = await this.messages.find(
      {
        where: {channelId, deleted: false, and: written},
        order: ['createdOn ASC'],
        limit: MAX_BATCH,
      },
      change.options,
    );
    if (!batch.length) return batch;
    const numbered = batch
      .map(({id, seq}) => ({id, seq}))
      .sort((a, b) => a.seq - b.seq)
      .map(({id}) => ({id, changeSeq: change.nextChange(channelId)}));
    await this.changes.strip(change, numbered, RETENTION_ACTOR);
    await this.changes.write(change, numbered, {
      ...TOMBSTONE,
      deleted: true,
      deletedBy: RETENTION_ACTOR,
      deletedOn: change.at,
    });
    const [{channelType}] = batch;
    for (const {id: messageId, changeSeq} of numbered) {
      change.announce(() =>
        this.events.emit('message.deleted', {
          ...{channelId, channelType, changeSeq, messageId},
          ...{actorId: RETENTION_ACTOR, deletedOn: change.at},
        }),
      );
    }
    return batch;
  }
}
