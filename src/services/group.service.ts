import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {Channel} from '../models';
import type {
  ChannelChange,
  ChannelLedger,
  ChannelMemberRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChannelEvent} from './chat-event-map';
import type {ChatEvents} from './chat-events';
import {expectRank, type GroupAccessService} from './group-access.service';
import {
  checkGroupUpdate,
  toAvatar,
  type GroupDraft,
  type GroupUpdate,
} from './group-draft';
import type {GroupOpeningService} from './group-opening.service';
import type {GroupRosterService} from './group-roster.service';
import {toGroup, type Group} from './group-view';
import type {SystemMessageService} from './system-message.service';

/** Makes, changes and deletes groups: channels with a name, an owner and roles. */
@injectable({scope: BindingScope.SINGLETON})
export class GroupService {
  constructor(
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject('chat.groupAccessService')
    private readonly access: GroupAccessService,
    @inject('chat.groupOpeningService')
    private readonly opening: GroupOpeningService,
    @inject('chat.groupRosterService')
    private readonly roster: GroupRosterService,
    @inject('chat.systemMessageService')
    private readonly system: SystemMessageService,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /**
   * Makes a group that the user owns.
   * @param key - a UUID that becomes the id; again, it gives the group there is
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_BLOCKED when one of the members
   *   has blocked the user, CHAT_CONFLICT when the key is in use by another, or
   *   by a group that the user is no member of any more
   */
  async create(
    user: ChatUser,
    draft: GroupDraft,
    key?: string,
  ): Promise<Group> {
    return this.opening.open(user, draft, key);
  }

  /**
   * Changes the name or the avatar; what is so already changes nothing.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN to a plain member
   */
  async update(user: ChatUser, id: string, data: GroupUpdate): Promise<Group> {
    checkGroupUpdate(data);
    return this.access.change(user, id, async ({change, group, role}) => {
      expectRank(role, 'admin');
      const {name = group.name} = data;
      const before = group.avatar ?? null;
      const avatar = data.avatar === undefined ? before : toAvatar(data.avatar);
      const isRenamed = name !== group.name;
      const isRepainted = avatar !== before;
      if (isRenamed || isRepainted) {
        // NULL is no value of the model's, and empties the column.
        change.set(id, {name, avatar} as Partial<Channel>);
        const event = toEvent(change, group, user);
        const shown = {name, avatar: avatar ?? ''};
        change.announce(() =>
          this.events.emit('channel.updated', {...event, ...shown}),
        );
      }
      if (isRenamed) {
        const note = {event: 'group.renamed', name} as const;
        await this.system.write(change, id, user, note);
      }
      if (isRepainted) {
        await this.system.write(change, id, user, {event: 'avatar.changed'});
      }
      const where = {channelId: id};
      const {count} = await this.members.count(where, change.options);
      return toGroup(group, count);
    });
  }

  /**
   * Deletes a group: its messages stay, and nobody is a member to see them.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN to all but the owner
   */
  async delete(user: ChatUser, id: string): Promise<void> {
    await this.access.change(user, id, async ({change, group, role}) => {
      expectRank(role, 'owner');
      const where = {channelId: id};
      const members = await this.members.find({where}, change.options);
      await this.members.deleteAll(where, change.options);
      const deletion = {deletedBy: user.id, deletedOn: change.at};
      change.set(id, {deleted: true, ...deletion});
      const event = toEvent(change, group, user);
      const userIds = members.map(({userId}) => userId);
      change.announce(() =>
        this.events.emit('channel.deleted', {...event, userIds}),
      );
    });
  }

  /**
   * Tells whether a user may invite others to a group.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN to a plain member
   */
  async expectMayInvite(user: ChatUser, groupId: string): Promise<void> {
    expectRank(await this.access.membershipRole(user, groupId), 'admin');
  }

  /**
   * Makes a user whom an owner or admin invited a member, as added by the
   * inviter; for a member already nothing changes.
   * @throws ChatError CHAT_NOT_FOUND when the inviter may not invite any more,
   *   CHAT_CONFLICT when the group is full
   * @param within - runs in the same transaction, before anybody joins
   */
  async acceptInvitation(
    invitee: ChatUser,
    groupId: string,
    inviterId: string,
    within?: (change: ChannelChange) => Promise<void>,
  ): Promise<void> {
    await this.ledger.change([groupId], async change => {
      const group = change.channel(groupId);
      if (group?.type !== 'group') throw new ChatError('CHAT_NOT_FOUND');
      const ids = [invitee.id, inviterId];
      const rows = await this.roster.find(change, groupId, ids);
      if (rows.some(({userId}) => userId === invitee.id)) {
        await within?.(change);
        return;
      }
      const inviter = rows.find(({userId}) => userId === inviterId);
      if (!inviter || inviter.role === 'member') {
        throw new ChatError('CHAT_NOT_FOUND');
      }
      const room = await this.roster.roomFor(change, group, 1);
      if (!room.isEnough) throw new ChatError('CHAT_CONFLICT');
      // Who was invited and is blocked since is not welcome any more.
      const inviters = {change, actor: invitee, userIds: [inviterId]};
      await this.roster.expectWelcome(inviters);
      await within?.(change);
      const actor = {id: inviterId, permissions: []};
      const userIds = [invitee.id];
      await this.roster.admit({change, group, actor, userIds});
    });
  }
}

/** Numbers a change of a group. */
function toEvent(
  change: ChannelChange,
  {id: channelId, type: channelType}: Channel,
  {id: actorId}: ChatUser,
): ChannelEvent {
  const changeSeq = change.nextRosterChange(channelId);
  return {channelId, channelType, changeSeq, actorId};
}
