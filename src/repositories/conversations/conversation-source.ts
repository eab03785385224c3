import type {MemberRole} from '../../models';
import type {Row} from '../rows/row-source';

/** Who reads a conversation. */
export interface ChannelReader {
  readonly userId: string;
  /** Sees the channels of others too. */
  readonly isAdministrator: boolean;
}

/** A channel as one of its members sees it. */
export interface ChannelView {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly avatar?: string;
  readonly ownerId?: string;
  readonly sizeClass?: string;
  readonly messageSeq: number;
  readonly changeSeq: number;
  readonly rosterChangeSeq: number;
  /** When the newest message was written, or the channel was made. */
  readonly activeOn: Date;
  /** Absent for an administrator who is no member. */
  readonly role?: MemberRole;
  readonly receivedSeq: number;
  readonly readSeq: number;
  readonly muted: boolean;
  readonly pinned: boolean;
  /** How many messages of others after `readSeq` there are. */
  readonly unread: number;
  /** The newest message that is not deleted. */
  readonly lastMessage?: Row;
}

/** Where a listing of channels goes on: after the channel that is last so far. */
export interface ChannelMark {
  readonly activeOn: Date;
  readonly id: string;
}

/** A member as the others see them. */
export interface MemberView {
  readonly userId: string;
  readonly role: MemberRole;
  readonly receivedSeq: number;
  readonly readSeq: number;
}

/** Who reacted to a message with the same emoji, in the order of time. */
export interface ReactionCount {
  readonly emoji: string;
  readonly userIds: readonly string[];
}

/** Some messages of a channel: those nearest to `after`, or else to `before`. */
export interface MessageRange {
  readonly channelId: string;
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
}

/** The first changes of a channel after a cursor. */
export interface ChangeRange {
  readonly channelId: string;
  readonly since: number;
  readonly limit: number;
}

/**
 * Reads conversations. Each call is one statement, whatever comes out of it
 * (channels two, one for what is unread), and tells in the same statement
 * whether the reader may see the channel: what is missing in its answer is a
 * channel that is not theirs.
 */
export interface ConversationSource {
  /** @returns the user's own channels, those with the newest activity first */
  channelsOf(
    userId: string,
    limit: number,
    after?: ChannelMark,
  ): Promise<ChannelView[]>;
  /** @returns those of the channels that the reader sees, in no order */
  channelsAmong(
    reader: ChannelReader,
    channelIds: readonly string[],
  ): Promise<ChannelView[]>;
  /** @returns messages that are not deleted, in the order of `seq` */
  messages(
    reader: ChannelReader,
    range: MessageRange,
  ): Promise<Row[] | undefined>;
  /** @returns by channel, its changed messages in the order of `changeSeq`, with tombstones */
  changes(
    reader: ChannelReader,
    ranges: readonly ChangeRange[],
  ): Promise<Map<string, Row[]>>;
  /** @returns by channel, all of its members in the order of their ids */
  members(
    reader: ChannelReader,
    channelIds: readonly string[],
  ): Promise<Map<string, MemberView[]>>;
  /** @returns by channel, how many members it has */
  memberCounts(channelIds: readonly string[]): Promise<Map<string, number>>;
  /** @returns by message; those without reactions are missing */
  reactions(
    messageIds: readonly string[],
  ): Promise<Map<string, ReactionCount[]>>;
}
