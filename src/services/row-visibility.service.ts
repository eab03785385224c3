import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings} from '../keys';
import {PermissionKey} from '../permissions';
import type {Viewer} from '../repositories';
import type {ChatLogger, ChatUser} from '../types';

/** Tells with whose eyes a user reads and changes rows. */
@injectable({scope: BindingScope.SINGLETON})
export class RowVisibilityService {
  constructor(
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  /** @returns the user, or `administrator` for one whom no owner rule binds */
  viewerOf({id, permissions}: ChatUser): Viewer {
    if (!permissions.includes(PermissionKey.AdministerChat)) {
      return {userId: id};
    }
    this.logger.warn('AdministerChat was used', {userId: id});
    return 'administrator';
  }
}
