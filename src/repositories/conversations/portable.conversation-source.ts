import type {ChannelMember, Message} from '../../models';
import type {ChannelMemberRepository} from '../channel-member.repository';
import type {ChannelRepository} from '../channel.repository';
import type {MessageReactionRepository} from '../conversation.repositories';
import type {MessageRepository} from '../message.repository';
import type {Row} from '../rows/row-source';
import type {
  ChangeRange,
  ChannelMark,
  ChannelReader,
  ChannelView,
  ConversationSource,
  MemberView,
  MessageRange,
  ReactionCount,
} from './conversation-source';
import {presentState} from './message-state';
import {countReactions} from './reaction-count';

/** The repositories that conversations are read from. */
export interface ReadRepositories {
  readonly channels: ChannelRepository;
  readonly members: ChannelMemberRepository;
  readonly messages: MessageRepository;
  readonly reactions: MessageReactionRepository;
}

/**
 * {@link ConversationSource} by plain calls, for connectors without SQL. It
 * asks for each channel apart.
 */
export class PortableConversationSource implements ConversationSource {
  constructor(private readonly repositories: ReadRepositories) {}

  async channelsOf(
    userId: string,
    limit: number,
    after?: ChannelMark,
  ): Promise<ChannelView[]> {
    const channelIds = await this.repositories.members.channelIdsOf(userId);
    const reader = {userId, isAdministrator: false};
    const views = await this.channelsAmong(reader, channelIds);
    return views
      .filter(view => !after || newestFirst(view, after) > 0)
      .sort(newestFirst)
      .slice(0, limit);
  }

  async channelsAmong(
    reader: ChannelReader,
    channelIds: readonly string[],
  ): Promise<ChannelView[]> {
    const {channels, members} = this.repositories;
    const visibleIds = await this.visible(reader, channelIds);
    const rows = await channels.find({where: {id: {inq: visibleIds}}});
    const {userId} = reader;
    return Promise.all(
      rows.map(async channel => {
        const {id, type, name, avatar, ownerId, sizeClass} = channel;
        const {messageSeq, changeSeq, rosterChangeSeq} = channel;
        const own = await members.membershipOf(id, userId);
        return {
          ...present({id, type, name, avatar, ownerId, sizeClass}),
          ...{messageSeq, changeSeq, rosterChangeSeq},
          activeOn: channel.activeOn ?? channel.createdOn ?? new Date(0),
          ...(await this.ownPart(id, userId, own)),
          ...(await this.lastMessage(id)),
        } as ChannelView;
      }),
    );
  }

  async messages(
    reader: ChannelReader,
    {channelId, after, before, limit}: MessageRange,
  ): Promise<Row[] | undefined> {
    const [visibleId] = await this.visible(reader, [channelId]);
    if (visibleId === undefined) return undefined;
    const seq = {
      ...(after !== undefined && {gt: after}),
      ...(before !== undefined && {lt: before}),
    };
    const rows = await this.repositories.messages.find({
      where: {
        and: [
          {channelId, deleted: false},
          // The memory connector looks at one operator only.
          ...Object.entries(seq).map(([name, value]) => ({
            seq: {[name]: value},
          })),
        ],
      },
      order: [after === undefined ? 'seq DESC' : 'seq ASC'],
      limit,
    });
    return rows.map(toState).sort((a, b) => Number(a.seq) - Number(b.seq));
  }

  async changes(
    reader: ChannelReader,
    ranges: readonly ChangeRange[],
  ): Promise<Map<string, Row[]>> {
    const ids = ranges.map(({channelId}) => channelId);
    const visibleIds = await this.visible(reader, ids);
    const found = new Map<string, Row[]>();
    for (const {channelId, since, limit} of ranges) {
      if (!visibleIds.includes(channelId)) continue;
      const rows = await this.repositories.messages.find({
        where: {channelId, changeSeq: {gt: since}},
        order: ['changeSeq ASC'],
        limit,
      });
      found.set(channelId, rows.map(toState));
    }
    return found;
  }

  async members(
    reader: ChannelReader,
    channelIds: readonly string[],
  ): Promise<Map<string, MemberView[]>> {
    const found = new Map<string, MemberView[]>();
    for (const channelId of await this.visible(reader, channelIds)) {
      const rows = await this.repositories.members.find({
        where: {channelId},
        order: ['userId ASC'],
      });
      const views = rows.map(({userId, role, receivedSeq, readSeq}) => ({
        ...{userId, role, receivedSeq, readSeq},
      }));
      found.set(channelId, views);
    }
    return found;
  }

  async memberCounts(
    channelIds: readonly string[],
  ): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const channelId of channelIds) {
      const {count} = await this.repositories.members.count({channelId});
      counts.set(channelId, count);
    }
    return counts;
  }

  async reactions(
    messageIds: readonly string[],
  ): Promise<Map<string, ReactionCount[]>> {
    const rows = await this.repositories.reactions.find({
      where: {messageId: {inq: [...messageIds]}},
      order: ['createdOn ASC', 'id ASC'],
    });
    return countReactions(rows);
  }

  private async visible(
    {userId, isAdministrator}: ChannelReader,
    channelIds: readonly string[],
  ): Promise<string[]> {
    const {channels, members} = this.repositories;
    const ids = isAdministrator
      ? [...channelIds]
      : await members.thoseOf(userId, [...channelIds]);
    const where = {id: {inq: ids}, deleted: false};
    return (await channels.find({where, fields: ['id']})).map(({id}) => id);
  }

  private async ownPart(
    channelId: string,
    userId: string,
    own: ChannelMember | null,
  ) {
    const {role, receivedSeq = 0, readSeq = 0, muted, pinned} = own ?? {};
    const {count: unread} = own
      ? await this.repositories.messages.count({
          ...{channelId, deleted: false},
          ...{seq: {gt: readSeq}, createdBy: {neq: userId}},
        })
      : {count: 0};
    return {
      ...present({role}),
      ...{receivedSeq, readSeq, unread},
      ...{muted: muted ?? false, pinned: pinned ?? false},
    };
  }

  private async lastMessage(channelId: string) {
    const [lastMessage] = await this.repositories.messages.find({
      where: {channelId, deleted: false},
      order: ['seq DESC'],
      limit: 1,
    });
    return lastMessage && {lastMessage: toState(lastMessage)};
  }
}

function newestFirst(a: ChannelMark, b: ChannelMark): number {
  const time = b.activeOn.getTime() - a.activeOn.getTime();
  return time || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function toState(message: Message): Row {
  return presentState({...message});
}

function present(properties: object): object {
  const entries = Object.entries(properties);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && value !== null),
  );
}
