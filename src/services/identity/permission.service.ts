import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../../errors';
import {ChatServiceBindings} from '../../keys';
import type {ChatUser} from '../../types';
import type {SharedCache} from '../cache/shared-cache';
import type {ChatEvents} from '../chat-events';
import {permissionsIn} from '../tenancy';
import {
  effectivePermissions,
  TOKEN_PERMISSIONS,
  type PermissionSource,
} from './permission-source';

/** Changes are told; this is for what was changed past {@link PermissionService.changed}. */
const TTL_MS = 60_000;
/** What every change of anybody's permissions is about. */
const ALL = 'permissions';

/** Knows what users may do, by the host's source where there is one. */
@injectable({scope: BindingScope.SINGLETON})
export class PermissionService {
  constructor(
    @inject(ChatServiceBindings.PermissionSource)
    private readonly source: PermissionSource,
    @inject(ChatServiceBindings.Cache) private readonly cache: SharedCache,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** Whether tokens alone say what users may do. */
  get isByToken(): boolean {
    return this.source === TOKEN_PERMISSIONS;
  }

  /**
   * @param user - as the token has it
   * @returns the user with the permissions that the user has now
   */
  async applyTo(user: ChatUser): Promise<ChatUser> {
    if (this.isByToken) return user;
    const entry = {
      // The source is shown the user as the token has it.
      key: `permissions:${JSON.stringify(user)}`,
      subjects: [toSubject(user.id)],
      ttlMs: TTL_MS,
    };
    const permissions = await this.cache.through(entry, () => this.ask(user));
    if (!permissions) return user;
    const own = permissionsIn(user.tenant, permissions);
    return Object.freeze({...user, permissions: Object.freeze(own)});
  }

  /**
   * Says that these users may do something else now. It holds at once on every node, and
   * where this one cannot reach the cache, within a minute on the others.
   */
  async changed(...userIds: string[]): Promise<void> {
    await this.cache.empty(ALL, ...userIds.map(toSubject));
    this.events.emit('permissions.changed', {userIds});
  }

  /**
   * @returns another one after each change of anybody's
   * @throws ChatError CHAT_UNAVAILABLE when that cannot be told
   */
  async state(): Promise<string | undefined> {
    return this.isByToken ? undefined : this.cache.stateOf(ALL);
  }

  private async ask(user: ChatUser): Promise<string[] | null> {
    try {
      const granted = await this.source.permissionsOf(user);
      return granted ? effectivePermissions(granted) : null;
    } catch (err) {
      // The host's fault; nobody may more than the host says.
      throw new ChatError('CHAT_INTERNAL', {cause: err});
    }
  }
}

function toSubject(userId: string): string {
  return `permissions:${userId}`;
}
