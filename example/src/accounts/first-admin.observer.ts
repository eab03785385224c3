import {
  BindingKey,
  inject,
  lifeCycleObserver,
  type LifeCycleObserver,
} from '@loopback/core';
import {StartError} from '../start/start-error';
import {ADMIN_ROLE} from './access-catalog';
import type {AccessService} from './access.service';
import type {AccountService, Credentials} from './account.service';

/** The group of the observer; the tables are there before. */
export const FIRST_ADMIN_GROUP = 'accounts.admin';

/** Binding of the account that is an administrator from the start. */
export const FIRST_ADMIN = BindingKey.create<Credentials | undefined>(
  'accounts.firstAdmin',
);

/** Has the account of the environment be an administrator, whom others need first. */
@lifeCycleObserver(FIRST_ADMIN_GROUP)
export class FirstAdminObserver implements LifeCycleObserver {
  constructor(
    @inject('accounts.service') private readonly accounts: AccountService,
    @inject('accounts.access') private readonly access: AccessService,
    @inject(FIRST_ADMIN, {optional: true})
    private readonly admin?: Credentials,
  ) {}

  /** @throws StartError when the account is of someone with another password */
  async start(): Promise<void> {
    if (!this.admin) return;
    const {account, password} = this.admin;
    const known = await this.accounts.idOf(account);
    // Who is one already may have another password by now.
    if (known && (await this.rolesOf(known)).includes(ADMIN_ROLE)) return;
    const id =
      (await this.register(this.admin)) ??
      (await this.accounts.idOf(account, password));
    if (!id) {
      throw new StartError(
        'ADMIN_ACCOUNT: there is such an account, with another password than ADMIN_PASSWORD',
      );
    }
    const roles = await this.rolesOf(id);
    await this.access.setRoles(id, [...new Set([...roles, ADMIN_ROLE])]);
  }

  /** @returns undefined where there is such an account */
  private async register(admin: Credentials): Promise<string | undefined> {
    try {
      return (await this.accounts.register(admin)).id;
    } catch (err) {
      if (Object(err).code !== 'ACCOUNT_EXISTS') throw err;
      return undefined;
    }
  }

  private async rolesOf(id: string): Promise<readonly string[]> {
    return (await this.access.accessOf(id)).roles;
  }
}
