import {ChatError} from '../../errors';
import type {ResolvedConfig} from '../../config';
import type {ChatUser} from '../../types';
import {isId} from '../input-rules';
import {idInTenant, isTenant, permissionsIn} from '../tenancy';

/** Claims of a token or properties of a host's user profile. */
export type Claims = Readonly<Record<string, unknown>>;

type ClaimMap = NonNullable<ResolvedConfig['auth']['claims']>;

/** Where the user is who was read from claims already. */
const KNOWN_USER = Symbol('chat.user');

/**
 * Reads the chat's user from claims: `userTenantId` (who the ancestor's rows
 * belong to), `id` or `sub`, `account` (or
 * `username`), and `permissions` as plain strings or objects with a `name`.
 * @param map - says where to look instead
 * @throws ChatError CHAT_UNAUTHENTICATED when there is no usable id
 */
export function toChatUser(claims: Claims, map: ClaimMap = {}): ChatUser {
  const known = (claims as {[KNOWN_USER]?: ChatUser})[KNOWN_USER];
  if (known) return known;
  const {userTenantId, id, sub, account, username, permissions} = claims;
  const chosen = (path: string | undefined, usual: unknown) =>
    path === undefined ? usual : valueAt(claims, path);
  const ownId = toText(chosen(map.id, userTenantId ?? id ?? sub));
  const tenant = toText(chosen(map.tenant, undefined));
  if (!ownId || (map.tenant !== undefined && !isTenant(tenant))) {
    throw new ChatError('CHAT_UNAUTHENTICATED');
  }
  const userId = tenant ? idInTenant(tenant, ownId) : ownId;
  if (!isId(userId)) throw new ChatError('CHAT_UNAUTHENTICATED');
  const keys = listOf(permissions, claims, map)
    .map(toPermissionKey)
    .filter(key => key !== '');
  return Object.freeze({
    id: userId,
    ...(tenant && {tenant}),
    account: toText(chosen(map.account, account ?? username)),
    permissions: permissionsIn(tenant, keys),
  });
}

/** Makes the profile of a user that {@link toChatUser} reads as that user again. */
export function profileOf(user: ChatUser, claims: Claims): Claims {
  return {...claims, ...user, [KNOWN_USER]: user};
}

/** A claim whose name has dots goes before a path. */
function valueAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const name of path.split('.')) {
    const isThere = Object.hasOwn(Object(value), name);
    value = isThere ? (value as Claims)[name] : undefined;
  }
  return value;
}

/** OAuth has lists in one text, with blanks between; it has to be asked for. */
function listOf(usual: unknown, claims: Claims, map: ClaimMap): unknown[] {
  const {permissions: path} = map;
  const value = path === undefined ? usual : valueAt(claims, path);
  if (typeof value === 'string' && path !== undefined) return value.split(' ');
  return Array.isArray(value) ? value : [];
}

/** An object's own `id` is its row number, never a key: '1' means ViewMessage. */
function toPermissionKey(permission: unknown): string {
  if (typeof permission === 'string') return permission;
  const name = (permission as {name?: unknown} | null)?.name;
  return typeof name === 'string' ? name : '';
}

function toText(claim: unknown): string | undefined {
  if (typeof claim === 'number') return String(claim);
  return typeof claim === 'string' ? claim : undefined;
}
