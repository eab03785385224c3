import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {ChannelMember, MemberRole} from '../models';
import type {ChannelMemberRepository} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import {
  expectRank,
  type GroupAccessService,
  type GroupChange,
} from './group-access.service';
import {checkMembers, tooMany} from './group-draft';
import type {GroupRosterService} from './group-roster.service';
import {toGroupMember, type GroupMember} from './group-view';
import {isId} from './input-rules';
import type {SystemMessageService} from './system-message.service';

/** A role that a member of a group may be given. */
const ROLES: readonly MemberRole[] = ['owner', 'admin', 'member'];

/**
 * Changes who belongs to a group, and as what. There is one owner at any time:
 * who is it stays until another is.
 */
@injectable({scope: BindingScope.SINGLETON})
export class GroupMemberService {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('chat.groupAccessService')
    private readonly access: GroupAccessService,
    @inject('chat.groupRosterService')
    private readonly roster: GroupRosterService,
    @inject('chat.systemMessageService')
    private readonly system: SystemMessageService,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /**
   * Adds users to a group, all or none; for those who are members already
   * nothing changes.
   * @returns the memberships of all users named, in the order of the members
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN to a plain member,
   *   CHAT_INPUT_INVALID when the group would grow too large, CHAT_BLOCKED when
   *   one of them has blocked the user
   */
  async add(
    user: ChatUser,
    groupId: string,
    userIds: readonly string[],
  ): Promise<GroupMember[]> {
    const named = checkMembers(userIds, this.config.groups);
    return this.access.change(user, groupId, async ({change, group, role}) => {
      expectRank(role, 'admin');
      const known = await this.roster.find(change, groupId, named);
      const knownIds = new Set(known.map(({userId}) => userId));
      const newcomers = named.filter(id => !knownIds.has(id));
      if (!newcomers.length) return known.map(toGroupMember);
      const room = await this.roster.roomFor(change, group, newcomers.length);
      if (!room.isEnough) throw invalidInput('members', tooMany(room.most));
      const arrival = {change, group, actor: user, userIds: newcomers};
      await this.roster.expectWelcome(arrival);
      const added = await this.roster.admit(arrival);
      return [...known, ...added].map(toGroupMember);
    });
  }

  /**
   * Gives a member another role. Who makes another the owner is an admin from
   * then on; the role that a member has already changes nothing.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN to all but the owner,
   *   CHAT_CONFLICT when the group would be left without an owner
   */
  async setRole(
    user: ChatUser,
    groupId: string,
    userId: string,
    role: MemberRole,
  ): Promise<GroupMember> {
    if (!ROLES.includes(role)) {
      throw invalidInput('role', `must be ${ROLES.join(', ')}`);
    }
    return this.access.change(user, groupId, async scene => {
      expectRank(scene.role, 'owner');
      const target = await this.expectMember(scene, userId);
      if (target.role === role) return toGroupMember(target);
      if (target.role === 'owner') throw ownerless();
      const changed = [target];
      if (role === 'owner') {
        changed.unshift(...(await this.retireOwner(scene)));
        scene.change.set(groupId, {ownerId: userId});
      }
      await this.writeRole(scene, target, role);
      await this.tellRoles(scene, user, changed);
      return toGroupMember(target);
    });
  }

  /**
   * Removes a member from a group; who removes themself leaves it.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN when the member is another
   *   of no lower role, CHAT_CONFLICT when it is the owner, who hands over first
   */
  async remove(user: ChatUser, groupId: string, userId: string): Promise<void> {
    const isLeaving = userId === user.id;
    await this.access.change(user, groupId, async scene => {
      const {change, group, role} = scene;
      if (!isLeaving) expectRank(role, 'admin');
      const target = await this.expectMember(scene, userId);
      if (!isLeaving && target.role !== 'member') expectRank(role, 'owner');
      if (target.role === 'owner') throw ownerless();
      await this.members.deleteById(target.id, change.options);
      const changeSeq = change.nextRosterChange(groupId);
      const userIds = [userId];
      change.announce(() =>
        this.events.emit('member.removed', {
          ...{channelId: groupId, channelType: group.type, changeSeq},
          ...{actorId: user.id, userIds},
        }),
      );
      const event = isLeaving ? 'member.left' : 'member.removed';
      await this.system.write(change, groupId, user, {event, userIds});
    });
  }

  private async expectMember(
    {change, group}: GroupChange,
    userId: string,
  ): Promise<ChannelMember> {
    const [row] = isId(userId)
      ? await this.roster.find(change, group.id, [userId])
      : [];
    if (!row) throw new ChatError('CHAT_NOT_FOUND');
    return row;
  }

  private async retireOwner(scene: GroupChange): Promise<ChannelMember[]> {
    const {change, group} = scene;
    const where = {channelId: group.id, role: 'owner' as const};
    const owners = await this.members.find({where}, change.options);
    for (const owner of owners) await this.writeRole(scene, owner, 'admin');
    return owners;
  }

  private async writeRole(
    {change}: GroupChange,
    member: ChannelMember,
    role: MemberRole,
  ): Promise<void> {
    await this.members.updateById(member.id, {role}, change.options);
    member.role = role;
  }

  /** A change for each role, as a client drops what has a number it knows. */
  private async tellRoles(
    {change, group}: GroupChange,
    actor: ChatUser,
    changed: readonly ChannelMember[],
  ): Promise<void> {
    const {id: channelId, type: channelType} = group;
    for (const {userId, role} of changed) {
      const changeSeq = change.nextRosterChange(channelId);
      change.announce(() =>
        this.events.emit('member.updated', {
          ...{channelId, channelType, changeSeq},
          ...{actorId: actor.id, userIds: [userId], role},
        }),
      );
    }
    const target = changed[changed.length - 1];
    const note = {userIds: [target.userId], role: target.role};
    const event = 'role.changed';
    await this.system.write(change, channelId, actor, {event, ...note});
  }
}

function ownerless(): ChatError {
  const problem = 'must be handed over by the owner first';
  return new ChatError('CHAT_CONFLICT', {details: [{path: 'role', problem}]});
}
