import type {ChatUser} from '../../types';

/** Lets or forbids one thing to a user, whatever the user's roles say. */
export interface PermissionOverride {
  readonly permission: string;
  readonly allowed: boolean;
}

/** What a user may do: what the roles allow, then what is the user's own. */
export interface GrantedPermissions {
  /** Permission keys of all the user's roles. */
  readonly role: readonly string[];
  /** Of two about the same key the one that forbids counts. */
  readonly overrides?: readonly PermissionOverride[];
}

/** Lets a host say what users may do now, whatever their tokens say. */
export interface PermissionSource {
  /** @returns undefined for users of whom the token says it */
  permissionsOf(
    user: ChatUser,
  ): GrantedPermissions | undefined | Promise<GrantedPermissions | undefined>;
}

/** The default: tokens say it all. */
export const TOKEN_PERMISSIONS: PermissionSource = {
  permissionsOf: () => undefined,
};

/** @returns the keys that are left when the overrides are applied */
export function effectivePermissions({
  role,
  overrides = [],
}: GrantedPermissions): string[] {
  const keysOf = (isAllowed: boolean) =>
    overrides
      .filter(({allowed}) => allowed === isAllowed)
      .map(({permission}) => permission);
  const forbidden = new Set(keysOf(false));
  const allowed = new Set([...role, ...keysOf(true)]);
  return [...allowed].filter(key => !forbidden.has(key));
}
