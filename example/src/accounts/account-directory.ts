import {BindingScope, inject, injectable} from '@loopback/core';
import type {ChatUser, UserDirectory, UserProfile} from 'loopback4-chat';
import type {Account} from './account.model';
import type {AccountRepository} from './account.repository';

/** Bounds the memory; those who were forgotten are looked up again. */
const MAX_KNOWN = 10_000;

/** Tells the chat of the accounts: any of them may write to any other. */
@injectable({scope: BindingScope.SINGLETON})
export class AccountDirectory implements UserDirectory {
  /** Ids of accounts that there are; none is ever deleted here. */
  private readonly known = new Set<string>();

  constructor(
    @inject('repositories.AccountRepository')
    private readonly accounts: AccountRepository,
  ) {}

  async findByIds(
    ids: readonly string[],
    asking: ChatUser,
  ): Promise<UserProfile[]> {
    const found = await this.accounts.find({where: {id: {inq: [...ids]}}});
    return found.map(account => toProfile(account, asking));
  }

  async mayMessage(_user: ChatUser, otherUserId: string): Promise<boolean> {
    if (this.known.has(otherUserId)) return true;
    const {count} = await this.accounts.count({id: otherUserId});
    if (!count) return false;
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.add(otherUserId);
    return true;
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
