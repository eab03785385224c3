import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError, invalidInput} from '../errors';
import {ChatServiceBindings} from '../keys';
import type {ChannelMemberRepository, NewChannel} from '../repositories';
import type {ChatUser} from '../types';
import type {ChannelAccess} from './channel-access';
import type {MessageDraft} from './message-draft';
import {isSingleChannelId, singleChannelId} from './single-channel';

/** Where a message goes. */
export interface MessageTarget {
  readonly channelId: string;
  /** Of a `single` channel, always the other user. */
  readonly toUserId?: string;
  /** The channel to be made if this message is the first in it. */
  readonly opens?: NewChannel;
}

/** Types whose channels only the chat itself makes. */
const OWN_TYPES = ['single', 'group'];

/** Finds the channel that a draft is meant for. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageTargetService {
  constructor(
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject(ChatServiceBindings.ChannelAccess)
    private readonly access: ChannelAccess,
  ) {}

  /**
   * @throws ChatError CHAT_INPUT_INVALID when receiver and channel contradict
   * @throws ChatError CHAT_NOT_FOUND when it is the channel of two others
   * @throws ChatError CHAT_FORBIDDEN when the host does not let the user open it
   */
  async resolve(user: ChatUser, draft: MessageDraft): Promise<MessageTarget> {
    const {channelId, channelType, toUserId} = draft;
    if (channelId === undefined) {
      if (toUserId === undefined) throw invalidInput('toUserId', 'is missing');
      return singleTarget(user.id, toUserId);
    }
    if (isSingleChannelId(channelId)) {
      return this.knownSingleTarget(user, channelId.toLowerCase(), toUserId);
    }
    if (await this.members.isMember(channelId, user.id)) {
      await this.expectMember(channelId, toUserId);
      return {channelId, toUserId};
    }
    if (!channelType || OWN_TYPES.includes(channelType)) {
      throw new ChatError('CHAT_NOT_FOUND');
    }
    return this.newTarget(user, channelId, channelType, toUserId);
  }

  /** The id tells nothing of the two users, but the members do. */
  private async knownSingleTarget(
    user: ChatUser,
    channelId: string,
    toUserId: string | undefined,
  ): Promise<MessageTarget> {
    if (toUserId && singleChannelId(user.id, toUserId) === channelId) {
      return singleTarget(user.id, toUserId);
    }
    const memberIds = await this.members.userIdsOf(channelId);
    if (!memberIds.includes(user.id)) throw new ChatError('CHAT_NOT_FOUND');
    if (toUserId) throw invalidInput('toUserId', 'is not the other member');
    return {channelId, toUserId: memberIds.find(id => id !== user.id)};
  }

  private async newTarget(
    user: ChatUser,
    channelId: string,
    type: string,
    toUserId: string | undefined,
  ): Promise<MessageTarget> {
    if (!(await this.asksHost(user, channelId, type))) {
      throw new ChatError('CHAT_FORBIDDEN');
    }
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

  private async expectMember(
    channelId: string,
    userId: string | undefined,
  ): Promise<void> {
    if (!userId || (await this.members.isMember(channelId, userId))) return;
    throw invalidInput('toUserId', 'must be a member of the channel');
  }
}

function singleTarget(userId: string, toUserId: string): MessageTarget {
  const channelId = singleChannelId(userId, toUserId);
  const memberIds = [userId, toUserId];
  const opens = {id: channelId, type: 'single', createdBy: userId, memberIds};
  return {channelId, toUserId, opens};
}
