import {BindingScope, inject, injectable} from '@loopback/core';
import type {ChannelMemberRepository} from '../repositories';
import type {ChatUser} from '../types';

/** Tells which channels a user belongs to. */
@injectable({scope: BindingScope.SINGLETON})
export class MembershipService {
  constructor(
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
  ) {}

  /** @returns the user's channels other than `single` ones, in no order */
  async sharedChannelIds(user: ChatUser): Promise<string[]> {
    return this.members.sharedChannelIdsOf(user.id);
  }
}
