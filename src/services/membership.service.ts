import {BindingScope, inject, injectable} from '@loopback/core';
import type {Options} from '@loopback/repository';
import {v7 as uuidv7} from 'uuid';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {
  ChannelLedger,
  ChannelMemberRepository,
  ContactRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import {expectSameTenant} from './tenancy';

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
    @inject('repositories.ContactRepository')
    private readonly contacts: ContactRepository,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** @returns the user's channels other than `single` ones, in no order */
  async sharedChannelIds(user: ChatUser): Promise<string[]> {
    return this.members.sharedChannelIdsOf(user.id);
  }

  /** @returns the ids of the members of a channel, in no order */
  async userIdsOf(channelId: string): Promise<string[]> {
    return this.members.userIdsOf(channelId);
  }

  /** @returns how many members a channel has */
  async countMembers(channelId: string): Promise<number> {
    return (await this.members.count({channelId})).count;
  }

  /**
   * Makes a user whom a member names a member of a host-typed channel; the
   * second time changes nothing.
   * @param user - the member who names
   * @param path - of the input that names the user
   * @throws ChatError CHAT_INPUT_INVALID when the channel's members are not
   *   changed that way and the user is none
   * @throws ChatError CHAT_BLOCKED, CHAT_NOT_FOUND of another tenant's
   */
  async admit(
    user: ChatUser,
    {channelId, channelType}: ChannelRef,
    userId: string,
    path: string,
  ): Promise<void> {
    expectSameTenant(user, userId);
    if (await this.members.isMember(channelId, userId)) return;
    if (OWN_CHANNEL_TYPES.includes(channelType)) {
      throw invalidInput(path, 'must be a member of the channel');
    }
    await this.ledger.change([channelId], async change => {
      const {options, at} = change;
      const where = {channelId, userId};
      // Somebody else may have let the user in meanwhile.
      if ((await this.members.count(where, options)).count) return;
      await this.expectWelcome(user, userId, options);
      const row = {id: uuidv7(), ...where, channelType, createdOn: at};
      await this.members.create(row, options);
      const changeSeq = change.nextRosterChange(channelId);
      change.announce(() =>
        this.events.emit('member.added', {
          ...{channelId, channelType, changeSeq},
          actorId: user.id,
          userIds: [userId],
        }),
      );
    });
  }

  /** @throws ChatError CHAT_BLOCKED when the other has blocked the user */
  async expectWelcome(
    user: ChatUser,
    otherUserId: string,
    options?: Options,
  ): Promise<void> {
    const block = {ownerId: otherUserId, contactId: user.id, blocked: true};
    const {count} = await this.contacts.count(block, options);
    if (count) throw new ChatError('CHAT_BLOCKED');
  }
}
