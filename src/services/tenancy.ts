import {ChatError} from '../errors';
import {PRIVILEGED_PERMISSIONS} from '../permissions';
import type {ChatUser} from '../types';

/** Between a tenant and what is its own in an id; no tenant has one itself. */
const SEPARATOR = ':';
/** Leaves room for the ids of users in one of 64 characters. */
const TENANT = /^[A-Za-z0-9_-]{1,24}$/;

/** Tells whether a text may be a tenant. */
export function isTenant(text: string | undefined): text is string {
  return text !== undefined && TENANT.test(text);
}

/** Makes an id of a tenant, which is no other tenant's. */
export function idInTenant(tenant: string, id: string): string {
  return tenant + SEPARATOR + id;
}

/** Tells whether an id of a user, or of a channel that a host names, is of the user's tenant. */
export function isOfSameTenant({tenant}: ChatUser, id: string): boolean {
  return tenant === undefined || id.startsWith(tenant + SEPARATOR);
}

/** @returns those of the keys that a user may have: of a tenant, none that reaches all */
export function permissionsIn(
  tenant: string | undefined,
  keys: readonly string[],
): string[] {
  const refused: readonly string[] = tenant ? PRIVILEGED_PERMISSIONS : [];
  return keys.filter(key => !refused.includes(key));
}

/** @throws ChatError CHAT_NOT_FOUND when an id is of another tenant: here there is none */
export function expectSameTenant(
  user: ChatUser,
  ...ids: (string | undefined)[]
): void {
  const isOf = (id: string | undefined) =>
    id === undefined || isOfSameTenant(user, id);
  if (!ids.every(isOf)) throw new ChatError('CHAT_NOT_FOUND');
}
