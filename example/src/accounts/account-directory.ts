import {BindingScope, inject, injectable} from '@loopback/core';
import {
  ChatServiceBindings,
  type ChatUser,
  type SharedCache,
  type UserDirectory,
  type UserProfile,
} from 'loopback4-chat';
import type {Account} from './account.model';
import type {Rows} from './account.repository';
import {accountSubject} from './account.service';

/** Whoever deletes an account empties what is kept of it. */
const TTL_MS = 600_000;

/** Tells the chat of the accounts: any of them may write to any other. */
@injectable({scope: BindingScope.SINGLETON})
export class AccountDirectory implements UserDirectory {
  constructor(
    @inject('repositories.AccountRepository')
    private readonly accounts: Rows<Account>,
    @inject(ChatServiceBindings.Cache) private readonly cache: SharedCache,
  ) {}

  async findByIds(
    ids: readonly string[],
    asking: ChatUser,
  ): Promise<UserProfile[]> {
    const found = await this.accounts.find({where: {id: {inq: [...ids]}}});
    return found.map(account => toProfile(account, asking));
  }

  mayMessage(_user: ChatUser, id: string): Promise<boolean> {
    const entry = {
      key: `account-exists:${id}`,
      subjects: [accountSubject(id)],
      ttlMs: TTL_MS,
    };
    return this.cache.through(entry, async () => {
      const {count} = await this.accounts.count({id});
      return count > 0;
    });
  }
}

/** Nobody is told the address of another. */
function toProfile(
  {id, account, avatar, email, createdOn}: Account,
  asking: ChatUser,
): UserProfile {
  return {
    id,
    account,
    ...(avatar && {avatar}),
    ...(email && id === asking.id && {email}),
    registeredOn: createdOn,
  };
}
