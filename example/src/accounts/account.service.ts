import {BindingScope, inject, injectable} from '@loopback/core';
import {HttpErrors} from '@loopback/rest';
import {v7 as uuidv7} from 'uuid';
import {Account} from './account.model';
import type {AccountRepository} from './account.repository';
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

const DUPLICATE_CODES = ['23505', 'ER_DUP_ENTRY'];

/** Registers accounts and logs them in. */
@injectable({scope: BindingScope.SINGLETON})
export class AccountService {
  constructor(
    @inject('repositories.AccountRepository')
    private readonly accounts: AccountRepository,
    @inject('accounts.passwords') private readonly passwords: PasswordService,
    @inject('accounts.tokens') private readonly tokens: TokenIssuer,
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

  /** @throws HttpError 401, the same whether account or password is wrong */
  async logIn(
    account: string,
    password: string,
  ): Promise<{token: string; user: Profile}> {
    const known = await this.accounts.findOne({
      where: {accountKey: toKey(account)},
    });
    const isMatch = await this.passwords.matches(known?.passwordHash, password);
    if (!known || !isMatch) throw loginFailed();
    return {token: await this.tokens.issue(known), user: toProfile(known)};
  }

  /** @throws HttpError 401 when there is no such account any more */
  async profileOf(id: string): Promise<Profile> {
    const known = await this.accounts.findOne({where: {id}});
    if (!known) throw loginFailed();
    return toProfile(known);
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

function loginFailed() {
  return Object.assign(
    new HttpErrors.Unauthorized('Account or password is wrong.'),
    {code: 'LOGIN_FAILED'},
  );
}
