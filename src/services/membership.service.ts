import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import {invalidInput} from '../errors';
import {ChatServiceBindings} from '../keys';
import {
  classifyStoreError,
  type ChannelMemberRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';

/** A channel as its messages name it. */
export interface ChannelRef {
  readonly channelId: string;
  readonly channelType: string;
}

/** Types whose members only the chat's own operations change. */
export const OWN_CHANNEL_TYPES: readonly string[] = ['single', 'group'];

/** Knows which channels a user belongs to, and lets new members in. */
@injectable({scope: BindingScope.SINGLETON})
export class MembershipService {
  constructor(
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** @returns the user's channels other than `single` ones, in no order */
  async sharedChannelIds(user: ChatUser): Promise<string[]> {
    return this.members.sharedChannelIdsOf(user.id);
  }

  /**
   * Makes a user whom a member names a member of a host-typed channel; the
   * second time changes nothing.
   * @param path - of the input that names the user
   * @throws ChatError CHAT_INPUT_INVALID when the channel's members are not
   *   changed that way and the user is none
   */
  async admit(
    {channelId, channelType}: ChannelRef,
    userId: string,
    path: string,
  ): Promise<void> {
    if (await this.members.isMember(channelId, userId)) return;
    if (OWN_CHANNEL_TYPES.includes(channelType)) {
      throw invalidInput(path, 'must be a member of the channel');
    }
    try {
      await this.members.create({
        id: uuidv7(),
        channelId,
        userId,
        channelType,
        createdOn: new Date(),
      });
    } catch (err) {
      // Somebody else let the user in meanwhile.
      if (classifyStoreError(err) !== 'duplicate') throw err;
    }
    this.events.emit('member.added', {channelId, userId});
  }
}
