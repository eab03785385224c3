import {BindingScope, inject, injectable, type Getter} from '@loopback/core';
import {
  ChatServiceBindings,
  type ChatUser,
  type GrantedPermissions,
  type PermissionOverride,
  type PermissionService,
  type PermissionSource,
} from 'loopback4-chat';
import {validate as isUuid} from 'uuid';
import {
  BUILT_IN_PERMISSIONS,
  BUILT_IN_ROLES,
  USER_ROLE,
  type PermissionView,
  type RoleView,
} from './access-catalog';
import {AccountAccess} from './account-access.model';
import {accountError, isDuplicate, isOrphan} from './account-error';
import type {Account} from './account.model';
import type {Rows} from './account.repository';
import {Permission} from './permission.model';
import {Role} from './role.model';

/** What an account was given. */
export interface AccessView {
  readonly roles: readonly string[];
  readonly overrides: readonly PermissionOverride[];
}

const USUAL: AccessView = {roles: [USER_ROLE], overrides: []};
/** Bounds a list. */
const LISTED = {limit: 1000, order: ['name ASC']};

/** Knows and decides what accounts may do. */
@injectable({scope: BindingScope.SINGLETON})
export class AccessService implements PermissionSource {
  constructor(
    @inject('repositories.PermissionRepository')
    private readonly permissions: Rows<Permission>,
    @inject('repositories.RoleRepository') private readonly roles: Rows<Role>,
    @inject('repositories.AccountAccessRepository')
    private readonly access: Rows<AccountAccess>,
    @inject('repositories.AccountRepository')
    private readonly accounts: Rows<Account>,
    // Which asks this one what accounts may do.
    @inject.getter(ChatServiceBindings.PermissionService)
    private readonly told: Getter<PermissionService>,
  ) {}

  /** Lists the permission keys, those that are there from the start first. */
  async findPermissions(): Promise<PermissionView[]> {
    const rows = await this.permissions.find(LISTED);
    return [...BUILT_IN_PERMISSIONS, ...rows.map(toPermission)];
  }

  /** @throws HttpError 409 when there is such a key */
  async createPermission(draft: PermissionView): Promise<PermissionView> {
    if (BUILT_IN_PERMISSIONS.some(({name}) => name === draft.name)) {
      throw accountError('PERMISSION_EXISTS');
    }
    await this.permissions.create(new Permission({...draft})).catch(err => {
      throw isDuplicate(err) ? accountError('PERMISSION_EXISTS') : err;
    });
    return draft;
  }

  /** Lists the roles, those that are there from the start first. */
  async findRoles(): Promise<RoleView[]> {
    const rows = await this.roles.find(LISTED);
    return [...BUILT_IN_ROLES, ...rows.map(toRole)];
  }

  /** @throws HttpError 409 when there is such a role, 422 of an unknown permission */
  async createRole(draft: RoleView): Promise<RoleView> {
    if (BUILT_IN_ROLES.some(({name}) => name === draft.name)) {
      throw accountError('ROLE_EXISTS');
    }
    await this.expectPermissions(draft.permissions);
    const permissions = JSON.stringify(draft.permissions);
    await this.roles.create(new Role({...draft, permissions})).catch(err => {
      throw isDuplicate(err) ? accountError('ROLE_EXISTS') : err;
    });
    return draft;
  }

  /**
   * @returns what was given to the account, or what every account has
   * @throws HttpError 404 when there is no such account
   */
  async accessOf(accountId: string): Promise<AccessView> {
    if (!isUuid(accountId)) throw accountError('NOT_FOUND');
    const row = await this.access.findOne({where: {accountId}});
    if (!row) {
      const {count} = await this.accounts.count({id: accountId});
      if (!count) throw accountError('NOT_FOUND');
      return USUAL;
    }
    const {roles, overrides} = row;
    return {roles: JSON.parse(roles), overrides: JSON.parse(overrides)};
  }

  /**
   * Gives an account these roles, and takes all others from it.
   * @throws HttpError 404 of an unknown account, 422 of an unknown role
   */
  async setRoles(accountId: string, names: readonly string[]): Promise<void> {
    const known = await this.rolesBy(names);
    if (known.length < new Set(names).size) throw accountError('ROLE_UNKNOWN');
    await this.store(accountId, {roles: JSON.stringify(names)});
  }

  /**
   * Allows and forbids single permissions to an account, and no others.
   * @throws HttpError 404 of an unknown account, 422 of an unknown permission
   */
  async setOverrides(
    accountId: string,
    overrides: readonly PermissionOverride[],
  ): Promise<void> {
    await this.expectPermissions(overrides.map(({permission}) => permission));
    await this.store(accountId, {overrides: JSON.stringify(overrides)});
  }

  /** @returns the keys of all roles of an account, and its own */
  async permissionsOf({id}: Pick<ChatUser, 'id'>): Promise<GrantedPermissions> {
    const {roles, overrides} = await this.accessOf(id).catch(err => {
      // Of who is gone nothing is allowed.
      if (Object(err).code === 'NOT_FOUND') return {roles: [], overrides: []};
      throw err;
    });
    const found = await this.rolesBy(roles);
    return {role: found.flatMap(({permissions}) => permissions), overrides};
  }

  private async rolesBy(names: readonly string[]): Promise<RoleView[]> {
    const builtIn = BUILT_IN_ROLES.filter(({name}) => names.includes(name));
    if (builtIn.length === new Set(names).size) return builtIn;
    const rows = await this.roles.find({where: {name: {inq: [...names]}}});
    return [...builtIn, ...rows.map(toRole)];
  }

  private async expectPermissions(names: readonly string[]): Promise<void> {
    const builtIn = new Set(BUILT_IN_PERMISSIONS.map(({name}) => name));
    const others = [...new Set(names)].filter(name => !builtIn.has(name));
    if (!others.length) return;
    const {count} = await this.permissions.count({name: {inq: others}});
    if (count < others.length) throw accountError('PERMISSION_UNKNOWN');
  }

  private async store(
    accountId: string,
    change: Partial<Pick<AccountAccess, 'roles' | 'overrides'>>,
  ): Promise<void> {
    if (!isUuid(accountId)) throw accountError('NOT_FOUND');
    await this.write(accountId, change);
    await (await this.told()).changed(accountId);
  }

  /** Changes the row, or makes it; of two at once the later one finds it made. */
  private async write(
    accountId: string,
    change: Partial<Pick<AccountAccess, 'roles' | 'overrides'>>,
  ): Promise<void> {
    const update = () => this.access.updateAll(change, {accountId});
    if ((await update()).count) return;
    const usual = {
      roles: JSON.stringify(USUAL.roles),
      overrides: JSON.stringify(USUAL.overrides),
    };
    try {
      await this.access.create(
        new AccountAccess({accountId, ...usual, ...change}),
      );
    } catch (err) {
      if (isOrphan(err)) throw accountError('NOT_FOUND');
      if (!isDuplicate(err)) throw err;
      await update();
    }
  }
}

function toPermission({name, description}: Permission): PermissionView {
  return {name, ...(description && {description})};
}

function toRole({name, description, permissions}: Role): RoleView {
  const keys: string[] = JSON.parse(permissions);
  return {name, ...(description && {description}), permissions: keys};
}
