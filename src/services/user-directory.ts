import type {ChatUser} from '../types';

/** What users may know of each other. */
export interface UserProfile {
  readonly id: string;
  readonly account?: string;
  readonly avatar?: string;
  readonly email?: string;
  readonly registeredOn?: Date;
  readonly updatedOn?: Date;
}

/** Lets a host tell of its users, whom the chat knows by id only. */
export interface UserDirectory {
  /**
   * @param asking - who will see the profiles
   * @returns profiles of those that there are, in no order, by one query
   */
  findByIds(
    ids: readonly string[],
    asking: ChatUser,
  ): UserProfile[] | Promise<UserProfile[]>;
  /** May this user write to the other, who has not blocked them? */
  mayMessage(user: ChatUser, otherUserId: string): boolean | Promise<boolean>;
}

/** The default: knows nobody but who asks, by the claims of the token. */
export const TOKEN_USER_DIRECTORY: UserDirectory = {
  findByIds: (ids, {id, account}) => (ids.includes(id) ? [{id, account}] : []),
  mayMessage: () => true,
};
