import type {ChatUser} from '../types';

/** Lets a host decide about channels of its own types, such as `task`. */
export interface ChannelAccess {
  /**
   * May this user open the channel, which nobody has used before, and become
   * its first member? Once it is open, membership decides.
   */
  mayOpen(
    user: ChatUser,
    channel: {id: string; type: string},
  ): boolean | Promise<boolean>;
}

/** The default: whoever names a host-typed channel first opens it. */
export const OPEN_CHANNEL_ACCESS: ChannelAccess = {mayOpen: () => true};
