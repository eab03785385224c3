import {BindingScope, inject, injectable} from '@loopback/core';
import {
  ChatServiceBindings,
  type ChatLogger,
  type SharedCache,
  type UserDataService,
} from 'loopback4-chat';
import {setTimeout as delay} from 'timers/promises';
import {v7 as uuidv7, validate as isUuid} from 'uuid';
import {accountError, isDuplicate} from './account-error';
import {Account} from './account.model';
import type {Rows} from './account.repository';
import type {LoginThrottle} from './login-throttle';
import type {PasswordService} from './password.service';
import type {SessionService} from './session.service';

/** What one logs in with. */
export interface Credentials {
  account: string;
  password: string;
}

/** What an account is made of. */
export interface NewAccount extends Credentials {
  avatar?: string;
  email?: string;
}

/** What is told of an account: the address to its owner only. */
export type Profile = Pick<NewAccount, 'account' | 'avatar' | 'email'> & {
  id: string;
};

/** What an owner may change; null takes it away. */
export interface ProfileChange {
  avatar?: string | null;
  email?: string | null;
}

const MS_PER_SECOND = 1000;
/** A request is answered in this time, also while the database is slow. */
const REQUEST_MS = 2000;

/** What is kept of an account, for a while, is about this. */
export function accountSubject(id: string): string {
  return `account:${id}`;
}

/** Registers accounts, logs them in, changes and deletes them. */
@injectable({scope: BindingScope.SINGLETON})
export class AccountService {
  constructor(
    @inject('repositories.AccountRepository')
    private readonly accounts: Rows<Account>,
    @inject('accounts.passwords') private readonly passwords: PasswordService,
    @inject('accounts.sessions') private readonly sessions: SessionService,
    @inject('accounts.throttle') private readonly throttle: LoginThrottle,
    @inject(ChatServiceBindings.UserDataService)
    private readonly userData: UserDataService,
    @inject(ChatServiceBindings.Cache) private readonly cache: SharedCache,
    @inject(ChatServiceBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  /** @throws HttpError 409 when the account exists, in whatever case */
  async register(draft: NewAccount): Promise<Profile> {
    const {password, ...profile} = draft;
    const account = new Account({
      ...profile,
      id: uuidv7(),
      accountKey: toKey(draft.account),
      passwordHash: await this.passwords.hash(password),
      createdOn: new Date(),
    });
    // The unique key decides: of two at once, one is told that it was late.
    await this.accounts.create(account).catch(err => {
      throw isDuplicate(err) ? accountError('ACCOUNT_EXISTS') : err;
    });
    await this.cache.empty(accountSubject(account.id));
    this.logger.info('Account registered', {userId: account.id});
    return toOwnProfile(account);
  }

  /**
   * @param address - where the request comes from
   * @throws HttpError 401, the same whether account or password is wrong
   * @throws HttpError 429 with `retryAfterSeconds` after too many failures
   */
  async logIn(
    account: string,
    password: string,
    address: string,
  ): Promise<{token: string; user: Profile}> {
    const known = await this.expectPassword(toKey(account), password, address);
    const token = await this.sessions.begin(known);
    // The password may have been changed, which ended the sessions there were then.
    const now = await this.accounts.findOne({where: {id: known.id}});
    if (now?.passwordHash !== known.passwordHash) {
      await this.sessions.add(token);
      throw accountError('LOGIN_FAILED');
    }
    return {token, user: toOwnProfile(known)};
  }

  /** @returns the id of the account with this name, and with this password if it is said */
  async idOf(account: string, password?: string): Promise<string | undefined> {
    const accountKey = toKey(account);
    const known =
      password === undefined
        ? await this.accounts.findOne({where: {accountKey}})
        : await this.check(accountKey, password);
    return known?.id;
  }

  /** @throws HttpError 401 when there is no such account any more */
  async ownProfile(id: string): Promise<Profile> {
    return toOwnProfile(await this.expectOwn(id));
  }

  /** @throws HttpError 404 when there is no such account */
  async profileOf(id: string): Promise<Profile> {
    const known = isUuid(id) && (await this.accounts.findOne({where: {id}}));
    if (!known) throw accountError('NOT_FOUND');
    return toProfile(known);
  }

  /** @throws HttpError 401 when there is no such account any more */
  async update(id: string, change: ProfileChange): Promise<Profile> {
    if (Object.keys(change).length) {
      await this.accounts.updateAll({...change}, {id});
      await this.cache.empty(accountSubject(id));
    }
    return this.ownProfile(id);
  }

  /**
   * Changes the password, and ends all other sessions: whoever knew the old one may
   * have begun them.
   * @param token - of the session that goes on
   * @throws HttpError 401 and 429 as a login
   */
  async changePassword(
    id: string,
    {password, newPassword}: {password: string; newPassword: string},
    {token, address}: {token: string; address: string},
  ): Promise<void> {
    const {accountKey} = await this.expectOwn(id);
    await this.expectPassword(accountKey, password, address);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.accounts.updateAll({passwordHash}, {id});
    await this.sessions.endOthers(id, token);
  }

  /**
   * Erases what the chat keeps of an account, then the account. When it ends half-way,
   * the account is left, and doing it again does the rest.
   * @throws HttpError 401 and 429 as a login
   */
  async delete(id: string, password: string, address: string): Promise<void> {
    const {accountKey} = await this.expectOwn(id);
    await this.expectPassword(accountKey, password, address);
    await this.sessions.endOthers(id);
    await this.userData.eraseUser(id);
    await this.accounts.deleteAll({id});
    await this.cache.empty(accountSubject(id));
    // Who logged in meanwhile may have written; that session went with the account,
    // but what was let in before, here or on another node, may be underway.
    this.sessions.tellEnded(id);
    await delay(REQUEST_MS);
    await this.userData.eraseUser(id);
    this.logger.info('Account deleted', {userId: id});
  }

  private async expectOwn(id: string): Promise<Account> {
    const known = await this.accounts.findOne({where: {id}});
    if (!known) throw accountError('LOGIN_FAILED');
    return known;
  }

  /** Takes as long of an account that there is not as of one that there is. */
  private async expectPassword(
    accountKey: string,
    password: string,
    address: string,
  ): Promise<Account> {
    const attempt = this.throttle.begin(accountKey, address);
    if (typeof attempt === 'number') {
      const retryAfterSeconds = Math.ceil(attempt / MS_PER_SECOND);
      throw accountError('LOGIN_THROTTLED', {retryAfterSeconds});
    }
    const known = await this.check(accountKey, password).catch(err => {
      attempt.cancel();
      throw err;
    });
    if (!known) {
      this.logger.info('A login failed', {address});
      throw accountError('LOGIN_FAILED');
    }
    attempt.succeed();
    return known;
  }

  /** @returns the account, where the password is its own */
  private async check(
    accountKey: string,
    password: string,
  ): Promise<Account | undefined> {
    const known = await this.accounts.findOne({where: {accountKey}});
    const isMatch = await this.passwords.matches(known?.passwordHash, password);
    return known && isMatch ? known : undefined;
  }
}

/** `Ann`, `ann` and `ANN` are one account, however their letters are composed. */
function toKey(account: string): string {
  return account.normalize('NFC').toLowerCase();
}

function toProfile({id, account, avatar}: Account): Profile {
  return {id, account, ...(avatar && {avatar})};
}

function toOwnProfile(account: Account): Profile {
  const {email} = account;
  return {...toProfile(account), ...(email && {email})};
}
