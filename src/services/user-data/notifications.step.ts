import {BindingScope, inject, injectable} from '@loopback/core';
import type {NotificationRepository} from '../../repositories';
import {deletePages} from './delete-pages';
import type {Erasure, ErasureStep} from './erasure';

/** Removes what a user was told of and asked, and what the user told and asked others. */
@injectable({scope: BindingScope.SINGLETON})
export class NotificationsStep implements ErasureStep {
  constructor(
    @inject('repositories.NotificationRepository')
    private readonly notifications: NotificationRepository,
  ) {}

  async run({userId}: Erasure): Promise<number> {
    return (
      (await deletePages(this.notifications, {receiverId: userId})) +
      (await deletePages(this.notifications, {senderId: userId}))
    );
  }
}
