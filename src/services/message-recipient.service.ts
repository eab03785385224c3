import {BindingScope, inject, injectable} from '@loopback/core';
import type {Count, Filter} from '@loopback/repository';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {Message, MessageRecipient} from '../models';
import type {RowSource} from '../repositories';
import type {ChatUser} from '../types';
import {InputCheck, isId} from './input-rules';
import type {MembershipService} from './membership.service';
import {OwnedRowsService} from './owned-rows.service';
import type {ReceiptService} from './receipt.service';
import type {RecipientWriter} from './recipient-writer';
import {recipientRowId} from './recipient-id';
import {RowReaderService} from './row-reader.service';
import {RowVisibilityService} from './row-visibility.service';
import {checkWhere} from './where-guard';

/** What a user may say of a new recipient. */
export type RecipientDraft = Pick<MessageRecipient, 'recipientId'> &
  Partial<MessageRecipient>;

const NO_FLAGS = {isRead: false, isFavorite: false, isForwarded: false};

/** Users' own flags on messages. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageRecipientService extends OwnedRowsService<MessageRecipient> {
  protected readonly mutable = [
    'isRead',
    'isFavorite',
    'isForwarded',
    'forwardedBy',
  ] as const;

  constructor(
    @inject('chat.rowReaderService') reader: RowReaderService,
    @inject('chat.rowVisibilityService') visibility: RowVisibilityService,
    @inject(ChatInternalBindings.RowSource) rows: RowSource,
    @inject('chat.recipientWriter') private readonly writer: RecipientWriter,
    @inject('chat.membershipService')
    private readonly memberships: MembershipService,
    @inject(ChatServiceBindings.ReceiptService)
    private readonly receipts: ReceiptService,
  ) {
    super(MessageRecipient, reader, visibility, rows);
  }

  /**
   * Names a recipient of a message: anyone by its sender, oneself by a member.
   * Whether it is read is what the recipient's cursor says; of others' word for
   * it nothing is heard.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN, CHAT_CONFLICT when the
   *   message has this recipient already
   */
  async create(
    user: ChatUser,
    messageId: string | undefined,
    draft: RecipientDraft,
  ): Promise<MessageRecipient> {
    const {recipientId, channelId} = draft;
    if (!isId(recipientId)) throw invalidInput('recipientId', 'must be an id');
    const message = await this.reader.findById(user, Message, messageId ?? '');
    if (channelId !== undefined && channelId !== message.channelId) {
      throw invalidInput('channelId', 'must be the channel of the message');
    }
    this.expectMayName(user, message, recipientId);
    const {isRead, ...flags} = this.complete(user, this.flagsOf(draft));
    await this.writer.expectNew(message.id, recipientId);
    await this.memberships.admit(user, message, recipientId, 'recipientId');
    const now = new Date();
    const row = {
      // One row a user and message, also when two come at once.
      id: recipientRowId(message.id, recipientId),
      messageId: message.id,
      channelId: message.channelId,
      recipientId,
      ...NO_FLAGS,
      ...flags,
      createdBy: user.id,
      createdOn: now,
      modifiedBy: user.id,
      modifiedOn: now,
    };
    const isOwnWord = !!isRead && recipientId === user.id;
    return this.writer.insert(row, message, isOwnWord);
  }

  /** @throws ChatError CHAT_NOT_FOUND when the user does not see the message */
  async findOfMessage(
    user: ChatUser,
    messageId: string,
    filter?: Filter<MessageRecipient>,
  ): Promise<MessageRecipient[]> {
    return this.find(user, filter, await this.ofMessage(user, messageId));
  }

  /** Changes the user's own flags on one message. */
  async updateOfMessage(
    user: ChatUser,
    messageId: string,
    data: Partial<MessageRecipient>,
    where?: object,
  ): Promise<Count> {
    const within = await this.ofMessage(user, messageId);
    return this.updateAll(user, data, where, within);
  }

  /** Deletes recipients of a message of the user's; of another's, none. */
  async deleteOfMessage(
    user: ChatUser,
    messageId: string,
    where?: object,
  ): Promise<Count> {
    const message = await this.reader.findById(user, Message, messageId);
    if (!this.isSender(user, message)) return {count: 0};
    const selected = [checkWhere(MessageRecipient, where)];
    return this.remove(user, [...selected, {messageId: message.id}], {});
  }

  /** @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN for all but the sender */
  async deleteById(user: ChatUser, id: string): Promise<void> {
    const row = await this.findById(user, id);
    const message = await this.reader.findById(user, Message, row.messageId);
    if (!this.isSender(user, message)) throw new ChatError('CHAT_FORBIDDEN');
    const done = await this.remove(user, [{id: row.id}], {});
    await this.expectDone(user, id, done);
  }

  /** @throws ChatError CHAT_NOT_FOUND */
  async findMessage(user: ChatUser, id: string): Promise<Message> {
    const {messageId} = await this.findById(user, id);
    return this.reader.findById(user, Message, messageId);
  }

  protected changeable(user: ChatUser): object {
    return {recipientId: user.id};
  }

  /**
   * Of `isRead` only true is heard, and only for the user's own rows: it moves
   * the cursor up to the newest of the messages, by which all before it are read
   * too. Nothing becomes unread again.
   */
  protected async write(
    user: ChatUser,
    {isRead, ...change}: Partial<MessageRecipient>,
    selected: (object | undefined)[],
    owned: object,
  ): Promise<Count> {
    const query = this.queryOf(user, selected, owned);
    const where = [...query.where, {recipientId: user.id}];
    const places = isRead
      ? await this.receipts.newestOf({...query, where})
      : [];
    if (!places.length) return this.writeTo(user, query, change);
    const moves = places.map(({channelId, seq}) => ({
      ...{channelId, userId: user.id, readSeq: seq},
    }));
    let count = {count: 0};
    await this.receipts.write(moves, async (_cursors, tx) => {
      count = await this.writeTo(user, query, change, tx);
    });
    return count;
  }

  /** None by a condition: whose message it is has to be asked before. */
  protected deletable(): object {
    return {id: null};
  }

  protected complete(user: ChatUser, change: Partial<MessageRecipient>) {
    const check = new InputCheck();
    const flags = Object.entries(change).filter(([n]) => n !== 'forwardedBy');
    for (const [name, value] of flags) {
      const isFlag = value === null || typeof value === 'boolean';
      check.expect(isFlag, name, 'must be a boolean');
    }
    check.conclude();
    return {
      ...Object.fromEntries(flags.map(([name, value]) => [name, !!value])),
      // Who forwards is who is authenticated, whatever the client says.
      ...('isForwarded' in change && {
        forwardedBy: change.isForwarded ? user.id : null,
      }),
    } as Partial<MessageRecipient>;
  }

  private flagsOf(draft: RecipientDraft): Partial<MessageRecipient> {
    const flags = this.mutable.filter(name => draft[name] !== undefined);
    return Object.fromEntries(flags.map(name => [name, draft[name]]));
  }

  /** An administrator may do what the sender may. */
  private isSender(user: ChatUser, {createdBy}: Message): boolean {
    return (
      createdBy === user.id ||
      this.visibility.viewerOf(user) === 'administrator'
    );
  }

  private expectMayName(user: ChatUser, message: Message, recipientId: string) {
    if (recipientId === user.id || this.isSender(user, message)) return;
    throw new ChatError('CHAT_FORBIDDEN');
  }

  private async ofMessage(user: ChatUser, messageId: string): Promise<object> {
    const {id} = await this.reader.findById(user, Message, messageId);
    return {messageId: id};
  }
}
