import type {ChannelChange} from '../repositories';
import type {ChatUser} from '../types';

/** What notifications ask of groups. */
export interface InvitationAcceptor {
  /** @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN when the user may not invite to the group */
  expectMayInvite(user: ChatUser, groupId: string): Promise<void>;
  /**
   * Makes a user a member of the group that another invited them to.
   * @param within - runs in the transaction that makes the user a member, also
   *   where the user is one already; when it throws, nobody becomes a member
   * @throws ChatError when the inviter may not invite any more
   */
  acceptInvitation(
    user: ChatUser,
    groupId: string,
    inviterId: string,
    within?: (change: ChannelChange) => Promise<void>,
  ): Promise<void>;
}
