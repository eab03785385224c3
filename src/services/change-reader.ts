import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings} from '../keys';
import type {Message} from '../models';
import type {
  ChannelReader,
  ChannelView,
  ConversationSource,
  MemberView,
  ReactionCount,
  Row,
} from '../repositories';

/** A message with what was said to it by emoji. */
export type ChannelMessage = Message & {
  readonly reactions: readonly ReactionCount[];
};

/** What a client is behind of one channel, or the first part of it. */
export interface ChannelChanges {
  /** The channel as it is now. */
  readonly channel: ChannelView;
  /** In their present state and the order of `changeSeq`, with tombstones. */
  readonly messages: ChannelMessage[];
  /** Whether `members` replaces what the client knows of them. */
  readonly membersChanged: boolean;
  readonly members?: MemberView[];
  /** What to ask with the next time. */
  readonly changeSeq: number;
  /** Whether there is more to ask for at once. */
  readonly more: boolean;
}

/** A channel, and the change up to which the client knows it. */
export interface AskedChannel {
  readonly channel: ChannelView;
  readonly since: number;
}

/** Bounds an answer of several channels; the members of one go whole. */
const MAX_MEMBERS = 5000;

/** What one channel has in an answer. */
interface Part extends AskedChannel {
  readonly rows: Row[];
  readonly changeSeq: number;
  readonly more: boolean;
  readonly membersChanged: boolean;
}

/**
 * Reads what clients are behind, by a fixed number of statements whatever the
 * number of channels.
 *
 * Why nothing is skipped while others write: the channel is read before all
 * else, and `channel.changeSeq` was committed with everything numbered up to
 * it, as a channel's numbers are taken under the lock of its row. What is read
 * after that is of then or newer. A message that has changed since has a higher
 * number and comes again the next time; so do members, as their change has too.
 * So an answer may bring what is newer than its cursor, never less.
 */
@injectable({scope: BindingScope.SINGLETON})
export class ChangeReader {
  constructor(
    @inject(ChatInternalBindings.ConversationSource)
    private readonly source: ConversationSource,
  ) {}

  /**
   * @param asked - channels that were read before; in the order that they are
   *   served in
   * @param limit - of all messages; channels that it leaves nothing to come
   *   with `more` and the cursor that they were asked with
   * @returns one for each channel that the reader still sees
   */
  async read(
    reader: ChannelReader,
    asked: readonly AskedChannel[],
    limit: number,
  ): Promise<ChannelChanges[]> {
    const parts = await this.bounded(await this.parts(reader, asked, limit));
    const roster = await this.source.members(
      reader,
      parts.filter(part => part.membersChanged).map(({channel}) => channel.id),
    );
    // A reader who was removed meanwhile is not given the rest as if it were all.
    const seen = parts.filter(
      ({channel, membersChanged}) => !membersChanged || roster.has(channel.id),
    );
    const messages = await this.withReactions(seen.flatMap(({rows}) => rows));
    return seen.map(({channel, membersChanged, changeSeq, more}) => ({
      channel,
      messages: messages.filter(({channelId}) => channelId === channel.id),
      membersChanged,
      ...(membersChanged && {members: roster.get(channel.id)}),
      ...{changeSeq, more},
    }));
  }

  /** Adds to messages the reactions to them. */
  async withReactions(rows: readonly Row[]): Promise<ChannelMessage[]> {
    const present = rows.filter(({deleted}) => !deleted);
    const ids = present.map(({id}) => String(id));
    const reactions = await this.source.reactions(ids);
    return rows.map(row => ({
      ...row,
      reactions: reactions.get(String(row.id)) ?? [],
    })) as unknown as ChannelMessage[];
  }

  private async parts(
    reader: ChannelReader,
    asked: readonly AskedChannel[],
    limit: number,
  ): Promise<Part[]> {
    let left = limit;
    const quotas = asked.map(({channel, since}) => {
      // Each number is of one message at most.
      const quota = Math.min(Math.max(channel.changeSeq - since, 0), left);
      left -= quota;
      return quota;
    });
    const ranges = asked.map(({channel, since}, index) => ({
      ...{channelId: channel.id, since},
      // One more, to know whether there is.
      limit: quotas[index] + 1,
    }));
    const rows = await this.source.changes(
      reader,
      ranges.filter(each => each.limit > 1),
    );
    return asked.flatMap((each, index) => {
      const quota = quotas[index];
      const found = quota ? rows.get(each.channel.id) : [];
      return found ? [toPart(each, quota, found)] : [];
    });
  }

  /** Puts off channels with more members than an answer is to have. */
  private async bounded(parts: Part[]): Promise<Part[]> {
    const changed = parts.filter(part => part.membersChanged);
    if (changed.length < 2) return parts;
    const ids = changed.map(({channel}) => channel.id);
    const counts = await this.source.memberCounts(ids);
    let size = 0;
    return parts.map(part => {
      if (!part.membersChanged) return part;
      const count = counts.get(part.channel.id) ?? 0;
      if (size && size + count > MAX_MEMBERS) return putOff(part);
      size += count;
      return part;
    });
  }
}

function toPart(asked: AskedChannel, quota: number, found: Row[]): Part {
  const {channel, since} = asked;
  const isBehind = channel.changeSeq > since;
  if (isBehind && !quota) return putOff(asked);
  const rows = found.slice(0, quota);
  const next = Number(found[quota]?.changeSeq ?? Infinity);
  // What was changed after the channel was read is for the next time.
  const more = next <= channel.changeSeq;
  const changeSeq = more
    ? Number(rows[rows.length - 1].changeSeq)
    : channel.changeSeq;
  const {rosterChangeSeq: roster} = channel;
  const membersChanged = since === 0 || (since < roster && roster <= changeSeq);
  return {...asked, rows, changeSeq, more, membersChanged};
}

function putOff({channel, since}: AskedChannel): Part {
  const changeSeq = since;
  return {
    ...{channel, since, rows: [], changeSeq},
    ...{more: true, membersChanged: false},
  };
}
