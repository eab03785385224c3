import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import type {Channel, MemberRole} from '../models';
import type {
  ChannelChange,
  ChannelLedger,
  ChannelMemberRepository,
  ChannelRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import {isId} from './input-rules';
import type {RowVisibilityService} from './row-visibility.service';

/** A change of one group, and as what its actor takes part. */
export interface GroupChange {
  readonly change: ChannelChange;
  readonly group: Channel;
  /** An administrator acts as an owner does, member or not. */
  readonly role: MemberRole;
}

const RANKS: Readonly<Record<MemberRole, number>> = {
  member: 0,
  admin: 1,
  owner: 2,
};

/** @throws ChatError CHAT_FORBIDDEN when the role is lower than the one needed */
export function expectRank(role: MemberRole, needed: MemberRole): void {
  if (RANKS[role] < RANKS[needed]) throw new ChatError('CHAT_FORBIDDEN');
}

/** Knows who sees a group, and as what: to all others there is none. */
@injectable({scope: BindingScope.SINGLETON})
export class GroupAccessService {
  constructor(
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject('chat.rowVisibilityService')
    private readonly visibility: RowVisibilityService,
  ) {}

  /** @throws ChatError CHAT_NOT_FOUND when the user does not see the group */
  async expectVisible(user: ChatUser, groupId: string): Promise<void> {
    if (this.visibility.viewerOf(user) !== 'administrator') {
      await this.membershipRole(user, groupId);
    } else if (!isId(groupId) || !(await this.exists(groupId))) {
      throw new ChatError('CHAT_NOT_FOUND');
    }
  }

  /**
   * @returns the user's own role, whatever else the user may do
   * @throws ChatError CHAT_NOT_FOUND when the user is no member
   */
  async membershipRole(user: ChatUser, groupId: string): Promise<MemberRole> {
    const row = isId(groupId)
      ? await this.members.membershipOf(groupId, user.id)
      : undefined;
    if (row?.channelType !== 'group') throw new ChatError('CHAT_NOT_FOUND');
    return row.role;
  }

  /**
   * Runs `work` as a change of the group, by {@link ChannelLedger.change}.
   * @throws ChatError CHAT_NOT_FOUND when the user does not see the group
   */
  async change<T>(
    user: ChatUser,
    groupId: string,
    work: (scene: GroupChange) => Promise<T>,
  ): Promise<T> {
    const isAdministrator = this.visibility.viewerOf(user) === 'administrator';
    // Nobody holds up the channels of others, not even for a moment.
    if (!isAdministrator) await this.membershipRole(user, groupId);
    else if (!isId(groupId)) throw new ChatError('CHAT_NOT_FOUND');
    return this.ledger.change([groupId], async change => {
      const group = change.channel(groupId);
      const role = isAdministrator
        ? 'owner'
        : await this.roleWithin(change, groupId, user.id);
      if (group?.type !== 'group' || !role) {
        throw new ChatError('CHAT_NOT_FOUND');
      }
      return work({change, group, role});
    });
  }

  /** @returns the role that a user has while the group does not change, if any */
  async roleWithin(
    {options}: ChannelChange,
    channelId: string,
    userId: string,
  ): Promise<MemberRole | undefined> {
    const where = {channelId, userId};
    const [row] = await this.members.find({where, limit: 1}, options);
    return row?.role;
  }

  private async exists(id: string): Promise<boolean> {
    const where = {id, type: 'group', deleted: false};
    return (await this.channels.count(where)).count > 0;
  }
}
