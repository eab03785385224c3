import {authenticate} from '@loopback/authentication';
import {inject, intercept, type Getter} from '@loopback/core';
import {get, param, post, put, requestBody} from '@loopback/rest';
import {
  SecurityBindings,
  securityId,
  type UserProfile,
} from '@loopback/security';
import {authorize} from 'loopback4-authorization';
import {ChatServiceBindings, type PermissionOverride} from 'loopback4-chat';
import {
  ACCOUNT_PERMISSIONS,
  type PermissionView,
  type RoleView,
} from './access-catalog';
import {
  ACCESS,
  NEW_OVERRIDES,
  NEW_ROLES,
  PERMISSION,
  PERMISSIONS,
  ROLE,
  ROLES,
  toBody,
} from './access.schemas';
import type {AccessService, AccessView} from './access.service';
import {accountError} from './account-error';
import {operation, OWN} from './operations';

const ADMINISTRATORS = {permissions: [ACCOUNT_PERMISSIONS.userAdminister]};

/** REST operations of what accounts may do. */
@authenticate('chat-bearer')
@intercept(ChatServiceBindings.Access)
export class AccessController {
  constructor(
    @inject('accounts.access') private readonly access: AccessService,
    @inject.getter(SecurityBindings.USER)
    private readonly user: Getter<UserProfile>,
  ) {}

  /** Lists the permission keys. */
  @authorize(ADMINISTRATORS)
  @get('/permissions', {
    ...operation('Lists the permission keys', [401, 403], PERMISSIONS),
    ...OWN,
  })
  findPermissions(): Promise<PermissionView[]> {
    return this.access.findPermissions();
  }

  /** Makes a permission key. */
  @authorize(ADMINISTRATORS)
  @post('/permissions', {
    ...operation('Makes a permission key', [401, 403, 409, 422], PERMISSION),
    ...OWN,
  })
  createPermission(
    @requestBody(toBody(PERMISSION)) draft: PermissionView,
  ): Promise<PermissionView> {
    return this.access.createPermission(draft);
  }

  /** Lists the roles. */
  @authorize(ADMINISTRATORS)
  @get('/roles', {...operation('Lists the roles', [401, 403], ROLES), ...OWN})
  findRoles(): Promise<RoleView[]> {
    return this.access.findRoles();
  }

  /** Makes a role. */
  @authorize(ADMINISTRATORS)
  @post('/roles', {
    ...operation('Makes a role', [401, 403, 409, 422], ROLE),
    ...OWN,
  })
  createRole(@requestBody(toBody(ROLE)) draft: RoleView): Promise<RoleView> {
    return this.access.createRole(draft);
  }

  /** Gives what an account was given. */
  @authorize(ADMINISTRATORS)
  @get('/users/{id}/access', {
    ...operation('Gives what an account may do', [401, 403, 404], ACCESS),
    ...OWN,
  })
  find(@param.path.string('id') id: string): Promise<AccessView> {
    return this.access.accessOf(id);
  }

  /** Gives an account roles. */
  @authorize(ADMINISTRATORS)
  @put('/users/{id}/roles', {
    ...operation(
      'Gives an account these roles, and no others',
      [401, 403, 404, 409, 422],
    ),
    ...OWN,
  })
  async setRoles(
    @param.path.string('id') id: string,
    @requestBody(toBody(NEW_ROLES)) {roles}: {roles: string[]},
  ): Promise<void> {
    await this.expectOther(id);
    await this.access.setRoles(id, roles);
  }

  /** Allows and forbids an account single permissions. */
  @authorize(ADMINISTRATORS)
  @put('/users/{id}/overrides', {
    ...operation(
      'Allows and forbids an account single permissions, whatever its roles say',
      [401, 403, 404, 409, 422],
    ),
    ...OWN,
  })
  async setOverrides(
    @param.path.string('id') id: string,
    @requestBody(toBody(NEW_OVERRIDES))
    {overrides}: {overrides: PermissionOverride[]},
  ): Promise<void> {
    await this.expectOther(id);
    await this.access.setOverrides(id, overrides);
  }

  /** Or nobody might be left who can give back what was taken. */
  private async expectOther(id: string): Promise<void> {
    const own = (await this.user())[securityId];
    if (own === id) throw accountError('OWN_ACCESS');
  }
}
