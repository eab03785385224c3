import {ChatError} from '../../errors';
import type {ChatUser} from '../../types';
import {isId} from '../input-rules';

/** Claims of a token or properties of a host's user profile. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Reads the chat's user from claims: `userTenantId` (who the ancestor's rows
 * belong to), `id` or `sub`, `account` (or
 * `username`), and `permissions` as plain strings or objects with a `name`.
 * @throws ChatError CHAT_UNAUTHENTICATED when there is no usable id
 */
export function toChatUser(claims: Claims): ChatUser {
  const id = toText(claims.userTenantId ?? claims.id ?? claims.sub);
  if (!id || !isId(id)) throw new ChatError('CHAT_UNAUTHENTICATED');
  const permissions = Array.isArray(claims.permissions)
    ? claims.permissions
    : [];
  return Object.freeze({
    id,
    account: toText(claims.account ?? claims.username),
    permissions: permissions.map(toPermissionKey).filter(key => key !== ''),
  });
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
