import {BindingScope, inject, injectable} from '@loopback/core';
import {HttpErrors} from '@loopback/rest';
import {v7 as uuidv7} from 'uuid';
import {Account} from './account.model';
import type {AccountRepository} from './account.repository';
import type {LoginThrottle} from './login-throttle';
import type {PasswordService} from './password.service';
import type {TokenIssuer} from './token-issuer.service';

/** What an account is made of. */
export interface NewAccount {
  account: string;
  password: string;
  avatar?: string;
  email?: string;
}

/** What anyone may be told of an account. */
export type Profile = Pick<NewAccount, 'account' | 'avatar' | 'email'> & {
  id: string;
};

const MS_PER_SECOND = 1000;
const DUPLICATE_CODES = ['23505', 'ER_DUP_ENTRY'];

/** Registers accounts and logs them in. */
@injectable({scope: BindingScope.SINGLETON})
export class AccountService {
  constructor(
    @inject('repositories.AccountRepository')
    private readonly accounts: AccountRepository,
    @inject('accounts.passwords') private readonly passwords: PasswordService,
    @inject('accounts.tokens') private readonly tokens: TokenIssuer,
    @inject('accounts.throttle') private readonly throttle: LoginThrottle,
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
      throw isDuplicate(err) ? accountExists() : err;
    });
    return toProfile(account);
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
    const accountKey = toKey(account);
    const attempt = this.throttle.begin(accountKey, address);
    if (typeof attempt === 'number') throw tooManyLogins(attempt);
    const known = await this.check(accountKey, password).catch(err => {
      attempt.cancel();
      throw err;
    });
    if (!known) throw loginFailed();
    attempt.succeed();
    return {token: await this.tokens.issue(known), user: toProfile(known)};
  }

  /** @throws HttpError 401 when there is no such account any more */
  async profileOf(id: string): Promise<Profile> {
    const known = await this.accounts.findOne({where: {id}});
    if (!known) throw loginFailed();
    return toProfile(known);
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

function toProfile({id, account, avatar, email}: Account): Profile {
  return {id, account, ...(avatar && {avatar}), ...(email && {email})};
}

/** Sequelize wraps the driver's error as `original`; juggler passes it on. */
function isDuplicate(err: {code?: string; original?: {code?: string}}) {
  return DUPLICATE_CODES.includes((err.original ?? err).code ?? '');
}

function accountExists() {
  return Object.assign(
    new HttpErrors.Conflict('There is such an account already.'),
    {code: 'ACCOUNT_EXISTS'},
  );
}

function tooManyLogins(waitMs: number) {
  return Object.assign(
    new HttpErrors.TooManyRequests('Too many logins failed; wait.'),
    {
      code: 'LOGIN_THROTTLED',
      retryAfterSeconds: Math.ceil(waitMs / MS_PER_SECOND),
    },
  );
}

function loginFailed() {
  return Object.assign(
    new HttpErrors.Unauthorized('Account or password is wrong.'),
    {code: 'LOGIN_FAILED'},
  );
}
