import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings} from '../keys';
import type {
  ChannelMemberRepository,
  ChannelRepository,
  ConversationSource,
} from '../repositories';
import type {ChatUser} from '../types';
import type {GroupAccessService} from './group-access.service';
import {checkGroupFilter} from './group-filter';
import {
  BY_AGE,
  toGroup,
  toGroupMember,
  type Group,
  type GroupMember,
} from './group-view';

/** Bounds what one list brings, in rows. */
const MAX_INCLUDED = 10_000;

/** Lists groups and their members, by a fixed number of queries. */
@injectable({scope: BindingScope.SINGLETON})
export class GroupReaderService {
  constructor(
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject(ChatInternalBindings.ConversationSource)
    private readonly conversations: ConversationSource,
    @inject('chat.groupAccessService')
    private readonly access: GroupAccessService,
  ) {}

  /**
   * Lists the groups that the user is a member of, the longest joined first, so
   * that a new one does not move the others from page to page.
   * @param filter - LoopBack's `include` of `members`, `limit` and `offset`
   * @throws ChatError CHAT_INPUT_INVALID, also when the members are too many
   */
  async find(user: ChatUser, filter?: unknown): Promise<Group[]> {
    const {limit, offset, hasMembers} = checkGroupFilter(filter);
    const where = {userId: user.id, channelType: 'group'};
    const page = {limit, offset, order: BY_AGE};
    const own = await this.members.find({where, ...page});
    const ids = own.map(({channelId}) => channelId);
    if (!ids.length) return [];
    const rows = await this.channels.find({
      where: {id: {inq: ids}, deleted: false},
    });
    const counts = await this.conversations.memberCounts(ids);
    const members = hasMembers
      ? await this.membersOf(ids, [...counts.values()])
      : undefined;
    const byId = new Map(rows.map(row => [row.id, row]));
    return ids.flatMap(id => {
      const row = byId.get(id);
      if (!row) return [];
      const group = toGroup(row, counts.get(id) ?? 0);
      return members ? {...group, members: members.get(id) ?? []} : group;
    });
  }

  /** @throws ChatError CHAT_NOT_FOUND when the user does not see the group */
  async findById(user: ChatUser, id: string): Promise<Group> {
    await this.access.expectVisible(user, id);
    const where = {id, type: 'group', deleted: false};
    const [channel] = await this.channels.find({where, limit: 1});
    if (!channel) throw new ChatError('CHAT_NOT_FOUND');
    const {count} = await this.members.count({channelId: id});
    return toGroup(channel, count);
  }

  /**
   * Lists the members of a group, the longest joined first.
   * @throws ChatError CHAT_NOT_FOUND when the user does not see the group
   */
  async findMembers(user: ChatUser, id: string): Promise<GroupMember[]> {
    await this.access.expectVisible(user, id);
    const where = {channelId: id};
    const rows = await this.members.find({where, order: BY_AGE});
    return rows.map(toGroupMember);
  }

  private async membersOf(
    channelIds: string[],
    counts: number[],
  ): Promise<Map<string, GroupMember[]>> {
    if (counts.reduce((sum, count) => sum + count, 0) > MAX_INCLUDED) {
      throw invalidInput('include', `brings more than ${MAX_INCLUDED} rows`);
    }
    const where = {channelId: {inq: channelIds}};
    const rows = await this.members.find({where, order: BY_AGE});
    const byChannel = new Map<string, GroupMember[]>();
    for (const row of rows) {
      const others = byChannel.get(row.channelId);
      if (others) others.push(toGroupMember(row));
      else byChannel.set(row.channelId, [toGroupMember(row)]);
    }
    return byChannel;
  }
}
