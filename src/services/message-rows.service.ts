import {BindingScope, inject, injectable} from '@loopback/core';
import type {Count, Filter} from '@loopback/repository';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {Message} from '../models';
import type {RowSource, StoredMessage} from '../repositories';
import type {ChatUser} from '../types';
import {InputCheck} from './input-rules';
import {checkContent, type MessageDraft} from './message-draft';
import type {MessageService} from './message.service';
import {OwnedRowsService} from './owned-rows.service';
import {RowReaderService} from './row-reader.service';
import {RowVisibilityService} from './row-visibility.service';

/** Reads, changes and deletes stored messages, and the replies of a thread. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageRowsService extends OwnedRowsService<Message> {
  protected readonly mutable = ['body', 'subject', 'status', 'ext'] as const;

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatServiceBindings.MessageService)
    private readonly messages: MessageService,
    @inject('chat.rowReaderService') reader: RowReaderService,
    @inject('chat.rowVisibilityService') visibility: RowVisibilityService,
    @inject(ChatInternalBindings.RowSource) rows: RowSource,
  ) {
    super(Message, reader, visibility, rows);
  }

  /** @throws ChatError CHAT_NOT_FOUND when the user does not see the message */
  async findReplies(
    user: ChatUser,
    parentId: string,
    filter?: Filter<Message>,
  ): Promise<Message[]> {
    return this.find(user, filter, await this.inThread(user, parentId));
  }

  /** Sends a message into the thread and so into the channel of another. */
  async reply(
    user: ChatUser,
    parentId: string,
    draft: MessageDraft,
  ): Promise<StoredMessage> {
    const {id, channelId} = await this.findById(user, parentId);
    const {channelId: place = channelId, parentMessageId: parent = id} = draft;
    new InputCheck()
      .expect(place === channelId, 'channelId', 'must be that of the thread')
      .expect(
        parent.toLowerCase() === id,
        'parentMessageId',
        'must be the path',
      )
      .conclude();
    return this.messages.send(user, {...draft, channelId, parentMessageId: id});
  }

  /** Changes those replies of a thread that the user wrote. */
  async updateReplies(
    user: ChatUser,
    parentId: string,
    data: Partial<Message>,
    where?: object,
  ): Promise<Count> {
    const within = await this.inThread(user, parentId);
    return this.updateAll(user, data, where, within);
  }

  /** Deletes those replies of a thread that the user wrote. */
  async deleteReplies(
    user: ChatUser,
    parentId: string,
    where?: object,
  ): Promise<Count> {
    return this.deleteAll(user, where, await this.inThread(user, parentId));
  }

  protected changeable(user: ChatUser): object {
    return {createdBy: user.id};
  }

  protected deletable(user: ChatUser): object {
    return {createdBy: user.id};
  }

  protected complete(_user: ChatUser, change: Partial<Message>) {
    checkContent(change, this.config.messages);
    const {status, ...rest} = change;
    return {
      ...rest,
      ...('status' in change && {status: status ?? 0}),
      ...('body' in change && {editedOn: new Date()}),
    };
  }

  /** A tombstone tells sync that a message was there, not what it said. */
  protected emptied(): Partial<Message> {
    return {body: '', subject: null, ext: null} as unknown as Partial<Message>;
  }

  private async inThread(user: ChatUser, parentId: string): Promise<object> {
    const {id} = await this.findById(user, parentId);
    return {parentMessageId: id};
  }
}
