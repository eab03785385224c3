import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import {MessageRecipient} from '../models';
import {
  classifyStoreError,
  type ChannelChange,
  type MessageRecipientRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import type {
  MessageStanding,
  MessageStandingService,
} from './message-standing.service';
import {recipientRowId} from './recipient-id';

/** Notes in users' own flags which messages they passed on. */
@injectable({scope: BindingScope.SINGLETON})
export class ForwardMarkService {
  constructor(
    @inject('chat.messageStandingService')
    private readonly standing: MessageStandingService,
    @inject('repositories.MessageRecipientRepository')
    private readonly recipients: MessageRecipientRepository,
  ) {}

  /**
   * Sets the user's own flag on a message, as often as it is asked for. One
   * that the user does not see any more stays as it is.
   */
  async mark(user: ChatUser, messageId: string): Promise<void> {
    try {
      await this.attempt(user, messageId);
    } catch (err) {
      if (err instanceof ChatError && err.code === 'CHAT_NOT_FOUND') return;
      // The user made the row at the same time in another way.
      if (classifyStoreError(err) !== 'duplicate') throw err;
      await this.attempt(user, messageId);
    }
  }

  private attempt(user: ChatUser, messageId: string): Promise<void> {
    return this.standing.change(user, {messageId}, (change, standing) =>
      this.flag(change, user, standing),
    );
  }

  private async flag(
    {options, at}: ChannelChange,
    user: ChatUser,
    {message, membership}: MessageStanding,
  ): Promise<void> {
    if (message.deleted) return;
    const flags = {isForwarded: true, forwardedBy: user.id};
    const pair = {messageId: message.id, recipientId: user.id};
    const rows = await this.recipients.find({where: pair}, options);
    const present = rows.find(row => !row.deleted);
    if (present?.isForwarded && present.forwardedBy === user.id) return;
    const modification = {modifiedBy: user.id, modifiedOn: at};
    if (present) {
      const change = {...flags, ...modification};
      await this.recipients.updateById(present.id, change, options);
      return;
    }
    const id = recipientRowId(message.id, user.id);
    // The row that the user made and deleted before comes back as a new one.
    await this.recipients.deleteAll({id, deleted: true}, options);
    const row = {
      ...{id, ...pair, channelId: message.channelId},
      isRead: (membership?.readSeq ?? 0) >= message.seq,
      isFavorite: false,
      ...flags,
      ...{createdBy: user.id, createdOn: at, deleted: false},
      ...modification,
    };
    await this.recipients.create(new MessageRecipient(row), options);
  }
}
