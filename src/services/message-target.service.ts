import {BindingScope, inject, injectable} from '@loopback/core';
import {version as uuidVersion} from 'uuid';
import {ChatError, invalidInput} from '../errors';
import {ChatServiceBindings} from '../keys';
import type {ChannelMemberRepository, NewChannel} from '../repositories';
import type {ChatUser} from '../types';
import type {ChannelAccess} from './channel-access';
import {isUuid} from './input-rules';
import type {MessageDraft} from './message-draft';
import {singleChannelId} from './single-channel';

/** Where a message goes. */
export interface MessageTarget {
  readonly channelId: string;
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
   * @throws ChatError CHAT_FORBIDDEN when the host does not let the user open it
   */
  async resolve(user: ChatUser, draft: MessageDraft): Promise<MessageTarget> {
    const {channelId, channelType, toUserId} = draft;
    if (toUserId !== undefined && (!channelId || channelType === 'single')) {
      return singleTarget(user.id, toUserId, channelId);
    }
    if (!channelId) throw invalidInput('channelId', 'must be given');
    if (!channelType || OWN_TYPES.includes(channelType)) return {channelId};
    return this.hostTypedTarget(user, channelId, channelType, toUserId);
  }

  private async hostTypedTarget(
    user: ChatUser,
    channelId: string,
    type: string,
    toUserId: string | undefined,
  ): Promise<MessageTarget> {
    // A stranger who opens the channel of two others under its derived id
    // would read them: such ids belong to `single` channels alone.
    if (isUuid(channelId) && uuidVersion(channelId) === 5) return {channelId};
    if (await this.members.isMember(channelId, user.id)) {
      await this.expectMember(channelId, toUserId);
      return {channelId};
    }
    if (!(await this.access.mayOpen(user, {id: channelId, type}))) {
      throw new ChatError('CHAT_FORBIDDEN');
    }
    const memberIds = toUserId ? [user.id, toUserId] : [user.id];
    return {
      channelId,
      opens: {id: channelId, type, createdBy: user.id, memberIds},
    };
  }

  private async expectMember(
    channelId: string,
    userId: string | undefined,
  ): Promise<void> {
    if (!userId || (await this.members.isMember(channelId, userId))) return;
    throw invalidInput('toUserId', 'must be a member of the channel');
  }
}

function singleTarget(
  userId: string,
  toUserId: string,
  claimedId: string | undefined,
): MessageTarget {
  const id = singleChannelId(userId, toUserId);
  if (claimedId && claimedId.toLowerCase() !== id) {
    throw invalidInput('channelId', 'must be the channel of the two users');
  }
  const memberIds = [userId, toUserId];
  return {
    channelId: id,
    opens: {id, type: 'single', createdBy: userId, memberIds},
  };
}
