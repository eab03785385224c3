import {
  ORDINARY_PERMISSIONS,
  PermissionKey,
  PRIVILEGED_PERMISSIONS,
} from 'loopback4-chat';

/** Keys of the accounts, beside the chat's. */
export const ACCOUNT_PERMISSIONS = {
  /** Sees the profiles of others. */
  userGet: 'userGet',
  /** Decides what others may do. */
  userAdminister: 'userAdminister',
} as const;

/** The role of everybody who was given no other. */
export const USER_ROLE = 'user';
/** The role of those who give others theirs. */
export const ADMIN_ROLE = 'admin';

/** A permission key, and what it is for. */
export interface PermissionView {
  readonly name: string;
  readonly description?: string;
}

/** A role, and what it allows. */
export interface RoleView {
  readonly name: string;
  readonly description?: string;
  readonly permissions: readonly string[];
}

/** The keys that there are from the start. */
export const BUILT_IN_PERMISSIONS: readonly PermissionView[] = [
  ...Object.values(PermissionKey)
    .filter(name => !/^\d+$/.test(name))
    .map(name => ({name})),
  {name: ACCOUNT_PERMISSIONS.userGet, description: 'sees profiles of others'},
  {
    name: ACCOUNT_PERMISSIONS.userAdminister,
    description: 'decides what others may do: all of it',
  },
];

/** The roles that there are from the start; nobody changes them. */
export const BUILT_IN_ROLES: readonly RoleView[] = [
  {
    name: USER_ROLE,
    description: 'talks with others',
    permissions: [...ORDINARY_PERMISSIONS, ACCOUNT_PERMISSIONS.userGet],
  },
  {
    name: ADMIN_ROLE,
    description: 'administers accounts, and the chat',
    permissions: [
      ...ORDINARY_PERMISSIONS,
      ...PRIVILEGED_PERMISSIONS,
      ...Object.values(ACCOUNT_PERMISSIONS),
    ],
  },
];
