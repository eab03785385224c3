import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError, invalidInput} from '../errors';
import {ChatServiceBindings} from '../keys';
import type {ChannelMemberRepository, NewChannel} from '../repositories';
import type {ChatUser} from '../types';
import type {ChannelAccess} from './channel-access';
import {
  OWN_CHANNEL_TYPES,
  type ChannelRef,
  type MembershipService,
} from './membership.service';
import type {MessageDraft} from './message-draft';
import {
  isSingleChannelId,
  normalizedChannelId,
  singleChannelId,
} from './single-channel';
import {expectSameTenant, isOfSameTenant} from './tenancy';
import type {UserDirectoryService} from './user-directory.service';

/** Where a message goes. */
export interface MessageTarget {
  readonly channelId: string;
  /** Of a `single` channel, always the other user. */
  readonly toUserId?: string;
  /** Of a `single` channel: the other user, who may have blocked the sender. */
  readonly heardBy?: string;
  /** Whether the host does not let the sender write to `heardBy`. */
  readonly isForbidden?: boolean;
  /** Who becomes a member of the channel by this message. */
  readonly admits?: {readonly channel: ChannelRef; readonly userId: string};
  /** The channel to be made if this message is the first in it. */
  readonly opens?: NewChannel;
}

/** Bounds what is remembered of who writes to whom. */
const MAX_KNOWN = 10_000;

/** Finds the channel that a draft is meant for. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageTargetService {
  /** Making the id of a `single` channel takes a hash. */
  private readonly singles = new Map<string, MessageTarget>();

  constructor(
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('chat.membershipService')
    private readonly memberships: MembershipService,
    @inject(ChatServiceBindings.ChannelAccess)
    private readonly access: ChannelAccess,
    @inject('chat.userDirectoryService')
    private readonly directory: UserDirectoryService,
  ) {}

  /**
   * Finds at once where a draft goes of which the store itself can tell whether
   * it may go there.
   * @returns undefined when something has to be looked up
   */
  direct(user: ChatUser, draft: MessageDraft): MessageTarget | undefined {
    const {channelId, channelType, toUserId} = draft;
    if (channelId === undefined) {
      const isOpen =
        toUserId !== undefined &&
        this.directory.isDefault &&
        isOfSameTenant(user, toUserId);
      return isOpen ? this.single(user.id, toUserId) : undefined;
    }
    if (toUserId !== undefined || !channelId || !channelType) return undefined;
    const mayBeSingle =
      OWN_CHANNEL_TYPES.includes(channelType) || isSingleChannelId(channelId);
    return mayBeSingle ? undefined : {channelId};
  }

  /**
   * @throws ChatError CHAT_INPUT_INVALID when receiver and channel contradict
   * @throws ChatError CHAT_NOT_FOUND when it is the channel of two others, or
   *   the other user is gone, or it is another tenant's
   * @throws ChatError CHAT_FORBIDDEN when the host does not let the user open it
   * @throws ChatError CHAT_BLOCKED when it is to be opened with who has blocked them
   */
  async resolve(user: ChatUser, draft: MessageDraft): Promise<MessageTarget> {
    expectSameTenant(user, draft.toUserId);
    const target = await this.locate(user, draft);
    const {heardBy} = target;
    const isAllowed =
      heardBy === undefined || (await this.directory.mayMessage(user, heardBy));
    return isAllowed ? target : {...target, isForbidden: true};
  }

  /** Makes whom a target admits a member; to be called last. */
  async admit(user: ChatUser, {admits}: MessageTarget): Promise<void> {
    if (!admits) return;
    const {channel, userId} = admits;
    await this.memberships.admit(user, channel, userId, 'toUserId');
  }

  private single(userId: string, toUserId: string): MessageTarget {
    const pair = `${userId.length} ${userId} ${toUserId}`;
    const known = this.singles.get(pair);
    if (known) return known;
    if (this.singles.size >= MAX_KNOWN) this.singles.clear();
    const target = singleTarget(userId, toUserId);
    this.singles.set(pair, target);
    return target;
  }

  private async locate(
    user: ChatUser,
    draft: MessageDraft,
  ): Promise<MessageTarget> {
    const {channelType, toUserId} = draft;
    const channelId = draft.channelId && normalizedChannelId(draft.channelId);
    if (channelId === undefined) {
      if (toUserId === undefined) throw invalidInput('toUserId', 'is missing');
      return singleTarget(user.id, toUserId);
    }
    const membership = await this.members.membershipOf(channelId, user.id);
    if (membership) return this.knownTarget(user, membership, toUserId);
    if (isSingleChannelId(channelId)) {
      const isOwn =
        toUserId !== undefined &&
        singleChannelId(user.id, toUserId) === channelId;
      if (isOwn) return singleTarget(user.id, toUserId);
      throw new ChatError('CHAT_NOT_FOUND');
    }
    if (!channelType || OWN_CHANNEL_TYPES.includes(channelType)) {
      throw new ChatError('CHAT_NOT_FOUND');
    }
    return this.newTarget(user, channelId, channelType, toUserId);
  }

  private async knownTarget(
    user: ChatUser,
    {channelId, channelType}: ChannelRef,
    toUserId: string | undefined,
  ): Promise<MessageTarget> {
    const channel = {channelId, channelType};
    if (channelType !== 'single') {
      const admits = toUserId ? {channel, userId: toUserId} : undefined;
      return {channelId, toUserId, admits};
    }
    const memberIds = await this.members.userIdsOf(channelId);
    const partnerId = memberIds.find(id => id !== user.id);
    // Who was erased leaves nobody there to hear.
    if (partnerId === undefined && isSingleChannelId(channelId)) {
      throw new ChatError('CHAT_NOT_FOUND');
    }
    if (toUserId && toUserId !== partnerId) {
      throw invalidInput('toUserId', 'is not the other member');
    }
    return {channelId, toUserId: partnerId, heardBy: partnerId};
  }

  private async newTarget(
    user: ChatUser,
    channelId: string,
    type: string,
    toUserId: string | undefined,
  ): Promise<MessageTarget> {
    expectSameTenant(user, channelId);
    if (!(await this.asksHost(user, channelId, type))) {
      throw new ChatError('CHAT_FORBIDDEN');
    }
    if (toUserId) await this.memberships.expectWelcome(user, toUserId);
    const memberIds = toUserId ? [user.id, toUserId] : [user.id];
    const opens = {id: channelId, type, createdBy: user.id, memberIds};
    return {channelId, toUserId, opens};
  }

  private async asksHost(user: ChatUser, id: string, type: string) {
    try {
      return await this.access.mayOpen(user, {id, type});
    } catch (err) {
      // The host's fault, and not the database's being away.
      throw new ChatError('CHAT_INTERNAL', {cause: err});
    }
  }
}

function singleTarget(userId: string, toUserId: string): MessageTarget {
  const channelId = singleChannelId(userId, toUserId);
  const memberIds = [userId, toUserId];
  const opens = {id: channelId, type: 'single', createdBy: userId, memberIds};
  return {channelId, toUserId, heardBy: toUserId, opens};
}
