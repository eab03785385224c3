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
  /** Whether members or roles are others than the client knows. */
  readonly membersChanged: boolean;
  /** All of them, where they changed, and else of up to 100 for their cursors. */
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

/** What a member takes in an answer, in bytes, about. */
const MEMBER_BYTES = 100;
/** Receipts are no changes: the cursors of so many members are told each time. */
const MAX_CURSORS = 100;

/** Bounds an answer. */
export interface AnswerBounds {
  /** Of all messages. */
  readonly limit: number;
  /**
   * What all messages take, about, and what all members do. One message at least
   * is told, and the members of one channel go whole.
   */
  readonly maxBytes: number;
}

/** What one channel has in an answer. */
interface Part<M = ChannelMessage> extends AskedChannel {
  readonly messages: readonly M[];
  readonly changeSeq: number;
  readonly more: boolean;
  readonly membersChanged: boolean;
  readonly isWithMembers?: boolean;
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
   * @param bounds - channels that it leaves nothing to come with `more` and the
   *   cursor that they were asked with
   * @returns one for each channel that the reader still sees
   */
  async read(
    reader: ChannelReader,
    asked: readonly AskedChannel[],
    {limit, maxBytes}: AnswerBounds,
  ): Promise<ChannelChanges[]> {
    const found = await this.parts(reader, asked, limit);
    const reacted = await this.reacted(found);
    const parts = await this.withRoster(fitted(reacted, maxBytes), maxBytes);
    const whole = parts.filter(({isWithMembers}) => isWithMembers);
    const roster = await this.source.members(
      reader,
      whole.map(({channel}) => channel.id),
    );
    // A reader who was removed meanwhile is not given the rest as if it were all.
    const seen = parts.filter(
      ({channel, isWithMembers}) => !isWithMembers || roster.has(channel.id),
    );
    return seen.map(part => {
      const {channel, messages, membersChanged, changeSeq, more} = part;
      return {
        ...{channel, messages: [...messages], membersChanged},
        ...(part.isWithMembers && {members: roster.get(channel.id)}),
        ...{changeSeq, more},
      };
    });
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
  ): Promise<Part<Row>[]> {
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
      if (!quota) return [partOf(each, [], each.since + 1)];
      const found = rows.get(each.channel.id);
      if (!found) return [];
      const next = Number(found[quota]?.changeSeq ?? Infinity);
      return [partOf(each, found.slice(0, quota), next)];
    });
  }

  private async reacted(parts: readonly Part<Row>[]): Promise<Part[]> {
    const rows = parts.flatMap(({messages}) => messages);
    const messages = await this.withReactions(rows);
    let told = 0;
    return parts.map(part => ({
      ...part,
      messages: messages.slice(told, (told += part.messages.length)),
    }));
  }

  /** Decides whose members are told; puts off channels there is no room for. */
  private async withRoster(
    parts: readonly Part[],
    maxBytes: number,
  ): Promise<Part[]> {
    const asked = parts.filter(part => part.membersChanged || !part.more);
    const ids = asked.map(({channel}) => channel.id);
    const counts = await this.source.memberCounts(ids);
    let bytes = 0;
    return parts.map(part => {
      const count = counts.get(part.channel.id) ?? 0;
      const isForCursors = !part.more && count <= MAX_CURSORS;
      if (!part.membersChanged && !isForCursors) return part;
      const size = count * MEMBER_BYTES;
      if (bytes && bytes + size > maxBytes) return putOff(part);
      bytes += size;
      return {...part, isWithMembers: true};
    });
  }
}

/** Makes of a channel one to ask for again: nothing of it is told yet. */
export function putOff({channel, since}: AskedChannel) {
  const changeSeq = since;
  return {
    ...{channel, since, messages: [], changeSeq},
    ...{more: true, membersChanged: false},
  };
}

/**
 * Makes the part of a channel that some of its changed messages are.
 * @param next - the change of the first message that is left out
 */
function partOf<M extends Row | ChannelMessage>(
  asked: AskedChannel,
  messages: readonly M[],
  next = Infinity,
): Part<M> {
  const {channel, since} = asked;
  // What was changed after the channel was read is for the next time.
  const more = next <= channel.changeSeq;
  const last = messages[messages.length - 1];
  if (more && !last) return putOff(asked);
  const changeSeq = more ? Number(last.changeSeq) : channel.changeSeq;
  const membersChanged = isRosterNew(asked, changeSeq);
  return {channel, since, messages, changeSeq, more, membersChanged};
}

function isRosterNew(
  {channel: {rosterChangeSeq: roster}, since}: AskedChannel,
  changeSeq: number,
): boolean {
  return since === 0 || (since < roster && roster <= changeSeq);
}

/** Leaves for the next time what is too much for one answer. */
function fitted(parts: readonly Part[], maxBytes: number): Part[] {
  let bytes = 0;
  return parts.map(part => {
    const {messages} = part;
    let count = 0;
    for (const message of messages) {
      const isFirst = bytes === 0;
      bytes += bytesOf(message);
      if (bytes > maxBytes && !isFirst) break;
      count++;
    }
    if (count === messages.length) return part;
    const next = Number(messages[count].changeSeq);
    return partOf(part, messages.slice(0, count), next);
  });
}

/** Tells what a message takes in an answer, about. */
export function bytesOf(message: object): number {
  return Buffer.byteLength(JSON.stringify(message));
}
