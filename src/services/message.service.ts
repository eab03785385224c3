import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import type {ResolvedConfig} from '../config';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {
  MessageLog,
  MessageRepository,
  NewMessage,
  StoredMessage,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import {checkDraft, type MessageDraft} from './message-draft';
import {OWN_CHANNEL_TYPES} from './membership.service';
import {isSingleChannelId} from './single-channel';
import {
  MessageTargetService,
  type MessageTarget,
} from './message-target.service';

const MAX_TIMER_LENGTH = 64;

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
  private waiting = 0;

  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatInternalBindings.MessageLog) private readonly log: MessageLog,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.messageTargetService')
    private readonly targets: MessageTargetService,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
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
    options: SendOptions = {},
  ): Promise<StoredMessage> {
    checkDraft(user.id, draft, this.config.messages);
    if (options.timer && options.timer.length > MAX_TIMER_LENGTH) {
      throw invalidInput(
        'timer',
        `must have at most ${MAX_TIMER_LENGTH} characters`,
      );
    }
    const direct = directTarget(draft);
    const stored =
      // The store knows by itself who is a member; it is asked first.
      (direct &&
        (await this.store(user, draft, options, async () => direct))) ??
      (await this.store(user, draft, options, () => this.lookUp(user, draft)));
    if (!stored) throw new ChatError('CHAT_NOT_FOUND');
    return stored;
  }

  /** @returns undefined when the sender is no member of the channel */
  private async store(
    user: ChatUser,
    draft: MessageDraft,
    {origin, timer}: SendOptions,
    findTarget: () => Promise<MessageTarget>,
  ): Promise<StoredMessage | undefined> {
    const target = await this.inTurn(user, findTarget);
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
    if (stored && !isSameMessage(stored, message)) {
      throw new ChatError('CHAT_CONFLICT');
    }
    return stored;
  }

  /** Runs the lookups of one user one after the other, so that order is kept. */
  private async inTurn<T>(
    user: ChatUser,
    lookUp: () => Promise<T>,
  ): Promise<T> {
    if (this.waiting >= this.config.messages.maxWaiting) {
      throw new ChatError('CHAT_UNAVAILABLE');
    }
    this.waiting++;
    try {
      return await this.queued(user, lookUp);
    } finally {
      this.waiting--;
    }
  }

  private queued<T>(user: ChatUser, lookUp: () => Promise<T>): Promise<T> {
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
    if (draft.parentMessageId !== undefined) {
      await this.expectParent(target, draft.parentMessageId);
    }
    await this.targets.admit(user, target);
    return target;
  }

  private async expectParent(
    {channelId, opens}: MessageTarget,
    parentId: string,
  ): Promise<void> {
    const where = {id: parentId.toLowerCase(), channelId, deleted: false};
    // In a channel that is yet to be opened there is none; whether there is one
    // in a channel of others is not told.
    const isThere = !opens || opens.type === 'single';
    const found = isThere && (await this.messages.count(where)).count > 0;
    if (found) return;
    throw invalidInput('parentMessageId', 'must be of the same channel');
  }
}

/** Where a draft goes that asks for nothing to be looked up. */
function directTarget(draft: MessageDraft): MessageTarget | undefined {
  const {channelId, channelType, toUserId, parentMessageId} = draft;
  const isDirect = toUserId === undefined && parentMessageId === undefined;
  if (!isDirect || !channelId || !channelType) return undefined;
  const mayBeSingle =
    OWN_CHANNEL_TYPES.includes(channelType) || isSingleChannelId(channelId);
  return mayBeSingle ? undefined : {channelId};
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
    heardBy: isSingleChannelId(channelId) ? toUserId : undefined,
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
