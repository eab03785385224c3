import {BindingScope, inject, injectable} from '@loopback/core';
import type {Options} from '@loopback/repository';
import {ChatError} from '../errors';
import {ChatServiceBindings} from '../keys';
import {MessageRecipient, type Message} from '../models';
import {
  classifyStoreError,
  type MessageRecipientRepository,
} from '../repositories';
import type {ReceiptService} from './receipt.service';

/** A recipient that is to be stored. */
export type NewRecipient = Pick<
  MessageRecipient,
  'id' | 'messageId' | 'recipientId'
> &
  Partial<MessageRecipient>;

/** What a row that comes back keeps nothing of. */
const UNTOUCHED = {
  forwardedBy: null,
  deleted: false,
  deletedBy: null,
  deletedOn: null,
} as unknown as Partial<MessageRecipient>;

/** Stores new recipients so that they agree with their users' cursors. */
@injectable({scope: BindingScope.SINGLETON})
export class RecipientWriter {
  constructor(
    @inject('repositories.MessageRecipientRepository')
    private readonly recipients: MessageRecipientRepository,
    @inject(ChatServiceBindings.ReceiptService)
    private readonly receipts: ReceiptService,
  ) {}

  /** @throws ChatError CHAT_CONFLICT when the message has this recipient already */
  async expectNew(
    messageId: string,
    recipientId: string,
    options?: Options,
  ): Promise<void> {
    // An adopted row of the pair has an id of its own.
    const pair = {messageId, recipientId, deleted: false};
    const {count} = await this.recipients.count(pair, options);
    if (count) throw new ChatError('CHAT_CONFLICT');
  }

  /**
   * Inserts a row while nobody moves its user's cursor, which tells whether the
   * message is read.
   * @param isRead - moves the cursor up to the message first
   * @throws ChatError CHAT_NOT_FOUND when the user is no member (any more)
   * @throws ChatError CHAT_CONFLICT when the message has this recipient already
   */
  async insert(
    row: NewRecipient,
    {channelId, seq}: Pick<Message, 'channelId' | 'seq'>,
    isRead: boolean,
  ): Promise<MessageRecipient> {
    const readSeq = isRead ? seq : 0;
    const move = {channelId, userId: row.recipientId, readSeq};
    const inserted = {...row, isRead: false};
    await this.receipts.write([move], async ([cursor], tx) => {
      if (!cursor) throw new ChatError('CHAT_NOT_FOUND');
      inserted.isRead = seq <= cursor.readSeq;
      await this.place(inserted, tx && {transaction: tx});
    });
    return new MessageRecipient({...inserted, deleted: false});
  }

  /** A recipient that was deleted before comes back with its new flags. */
  private async place(row: NewRecipient, options?: Options): Promise<void> {
    const {id, messageId, recipientId} = row;
    await this.expectNew(messageId, recipientId, options);
    // Looked for first: on MySQL a change of what is not there locks the gap.
    const {count} = await this.recipients.count({id}, options);
    if (count) {
      await this.recipients.updateById(id, {...UNTOUCHED, ...row}, options);
    } else {
      await this.recipients.create(row, options).catch(err => {
        // A forward may have made the row meanwhile.
        const isThere = classifyStoreError(err) === 'duplicate';
        throw isThere ? new ChatError('CHAT_CONFLICT', {cause: err}) : err;
      });
    }
  }
}
