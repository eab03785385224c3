import {BindingScope, inject, injectable} from '@loopback/core';
import type {Filter, FilterExcludingWhere} from '@loopback/repository';
import {v7 as uuidv7} from 'uuid';
import type {ResolvedConfig} from '../config';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {Message} from '../models';
import type {
  ChannelMemberRepository,
  MessageLog,
  MessageRepository,
  NewMessage,
  StoredMessage,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import {checkFilter} from './filter-guard';
import {isUuid} from './input-rules';
import {checkDraft, type MessageDraft} from './message-draft';
import {
  MessageTargetService,
  type MessageTarget,
} from './message-target.service';

/** How a message came in. */
export interface SendOptions {
  /** The connection that sent it, which is not told of its own message. */
  origin?: string;
  /** The sender's own clock: told to who is connected, and not kept. */
  timer?: string;
}

/** Sends and reads messages on a user's behalf; REST and sockets both come here. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageService {
  /** A user's lookups underway: later messages of that user wait their turn. */
  private readonly lookups = new Map<string, Promise<unknown>>();

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatInternalBindings.MessageLog) private readonly log: MessageLog,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.messageTargetService')
    private readonly targets: MessageTargetService,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
  ) {}

  /**
   * Stores a message and tells everybody in its channel. The same id again,
   * whenever, gives the message that is stored and tells nobody.
   * @returns the message after commit, with its numbers
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_NOT_FOUND when the user is no
   *   member of the channel, CHAT_CONFLICT when the id belongs to another message
   */
  async send(
    user: ChatUser,
    draft: MessageDraft,
    {origin, timer}: SendOptions = {},
  ): Promise<StoredMessage> {
    checkDraft(user.id, draft, this.config.messages);
    const target = await this.inTurn(user, () => this.lookUp(user, draft));
    const message = toNewMessage(user, draft, target);
    const stored = await this.log.append({
      message,
      opens: target.opens,
      onOpened: channel => this.events.emit('channel.opened', {channel}),
      onAppended: appended =>
        this.events.emit('message.created', {
          message: appended,
          sender: user,
          origin,
          timer,
        }),
    });
    if (!stored) throw new ChatError('CHAT_NOT_FOUND');
    if (!isSameMessage(stored, message)) throw new ChatError('CHAT_CONFLICT');
    return stored;
  }

  /**
   * @returns the messages that the filter selects among those the user may see
   * @throws ChatError CHAT_INPUT_INVALID when the filter asks for what is not there
   */
  async find(user: ChatUser, filter?: Filter<Message>): Promise<Message[]> {
    const checked = checkFilter(Message, filter);
    const channelIds = await this.members.channelIdsOf(user.id);
    if (!channelIds.length) return [];
    const visible = {channelId: {inq: channelIds}, deleted: false};
    const where = checked.where ? {and: [checked.where, visible]} : visible;
    const {include: _include, ...page} = checked;
    return this.messages.find({...page, where} as Filter<Message>);
  }

  /** @throws ChatError CHAT_NOT_FOUND when there is no such message for the user */
  async findById(
    user: ChatUser,
    id: string,
    filter?: FilterExcludingWhere<Message>,
  ): Promise<Message> {
    if (!isUuid(id)) throw new ChatError('CHAT_NOT_FOUND');
    const {fields} = checkFilter(Message, filter);
    const [message] = await this.find(user, {
      where: {id: id.toLowerCase()},
      fields: fields as Filter<Message>['fields'],
    });
    if (!message) throw new ChatError('CHAT_NOT_FOUND');
    return message;
  }

  /** Runs the lookups of one user one after the other, so that order is kept. */
  private inTurn<T>(user: ChatUser, lookUp: () => Promise<T>): Promise<T> {
    const before = this.lookups.get(user.id);
    const turn = before ? before.then(lookUp) : lookUp();
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.lookups.set(user.id, settled);
    void settled.then(() => {
      if (this.lookups.get(user.id) === settled) this.lookups.delete(user.id);
    });
    return turn;
  }

  private async lookUp(
    user: ChatUser,
    draft: MessageDraft,
  ): Promise<MessageTarget> {
    const target = await this.targets.resolve(user, draft);
    const {parentMessageId} = draft;
    if (parentMessageId) {
      const where = {
        id: parentMessageId.toLowerCase(),
        channelId: target.channelId,
      };
      const parents = await this.messages.count(where);
      if (!parents.count) {
        throw invalidInput('parentMessageId', 'must be of the same channel');
      }
    }
    return target;
  }
}

function toNewMessage(
  user: ChatUser,
  draft: MessageDraft,
  {channelId, toUserId}: MessageTarget,
): NewMessage {
  return {
    id: draft.id?.toLowerCase() ?? uuidv7(),
    channelId,
    createdBy: user.id,
    body: draft.body,
    kind: 'text',
    toUserId,
    subject: draft.subject,
    ext: draft.ext,
    status: draft.status ?? 0,
    parentMessageId: draft.parentMessageId?.toLowerCase(),
  };
}

/** An edit or a deletion changes the body, not which message it is. */
function isSameMessage(stored: StoredMessage, sent: NewMessage): boolean {
  return (
    stored.createdBy === sent.createdBy &&
    stored.channelId === sent.channelId &&
    stored.kind === sent.kind &&
    (stored.body === sent.body || !!stored.editedOn || !!stored.deleted)
  );
}
