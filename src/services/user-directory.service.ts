import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import {ChatServiceBindings} from '../keys';
import type {ChatUser} from '../types';
import {expectSameTenant} from './tenancy';
import {
  TOKEN_USER_DIRECTORY,
  type UserDirectory,
  type UserProfile,
} from './user-directory';

/** Asks the host's directory of users, whose failing is the host's fault. */
@injectable({scope: BindingScope.SINGLETON})
export class UserDirectoryService {
  constructor(
    @inject(ChatServiceBindings.UserDirectory)
    private readonly directory: UserDirectory,
  ) {}

  /** Whether the host bound none: that knows nobody, and lets everybody write to all. */
  get isDefault(): boolean {
    return this.directory === TOKEN_USER_DIRECTORY;
  }

  /**
   * Asks once, whatever the number of ids.
   * @returns by id; those whom the directory does not know are left out
   */
  async findByIds(
    asking: ChatUser,
    ids: readonly string[],
  ): Promise<Map<string, UserProfile>> {
    if (!ids.length) return new Map();
    const profiles = await asked(() => this.directory.findByIds(ids, asking));
    return new Map(profiles.map(profile => [profile.id, toProfile(profile)]));
  }

  /** Asks the host alone: the default would allow it. */
  async mayMessage(user: ChatUser, otherId: string): Promise<boolean> {
    if (this.isDefault) return true;
    return asked(() => this.directory.mayMessage(user, otherId));
  }

  /** @throws ChatError CHAT_NOT_FOUND when the host says that there is no such user */
  async expectKnown(asking: ChatUser, userId: string): Promise<void> {
    expectSameTenant(asking, userId);
    if (this.isDefault) return;
    const known = await this.findByIds(asking, [userId]);
    if (!known.has(userId)) throw new ChatError('CHAT_NOT_FOUND');
  }
}

/** Takes what a profile has to tell; a host's rows may have more. */
function toProfile({
  id,
  account,
  avatar,
  email,
  registeredOn,
  updatedOn,
}: UserProfile): UserProfile {
  return {id, account, avatar, email, registeredOn, updatedOn};
}

async function asked<T>(ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (err) {
    // The host's fault, and not the database's being away.
    throw new ChatError('CHAT_INTERNAL', {cause: err});
  }
}
