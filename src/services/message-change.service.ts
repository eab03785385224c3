import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import {Message, type MessageEdit} from '../models';
import type {MessageEditRepository, NumberedMessage} from '../repositories';
import type {ChatUser} from '../types';
import {InputCheck} from './input-rules';
import {checkContent} from './message-draft';
import type {
  MessageReactionService,
  ReactionDraft,
  ReactionGroup,
} from './message-reaction.service';
import type {
  ChangePlace,
  MessageRef,
  MessageStanding,
  MessageStandingService,
} from './message-standing.service';
import type {MessageWriterService} from './message-writer.service';
import type {RowReaderService} from './row-reader.service';
import type {RowVisibilityService} from './row-visibility.service';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

/** What a message is to say. */
export interface MessageEditDraft extends MessageRef {
  readonly text: string;
  /** Stays as it is where it is absent; null empties it. */
  readonly ext?: string | null;
}

/** How a change came in. */
export interface ChangeOptions {
  /** The connection that asked for it, which is not told of its own change. */
  readonly origin?: string;
}

/** A part of a history of edits. */
export interface EditPage {
  /** Only versions of a higher `changeSeq`. */
  readonly after?: number;
  /** 100 by default, at most 1000. */
  readonly limit?: number;
}

/** What a message said before, and from when to when. */
export type FormerVersion = Pick<
  MessageEdit,
  'body' | 'ext' | 'changeSeq' | 'writtenOn' | 'replacedOn'
>;

/** Changes single messages on a user's behalf; REST and sockets both come here. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageChangeService {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('chat.messageStandingService')
    private readonly standing: MessageStandingService,
    @inject('chat.messageWriterService')
    private readonly writer: MessageWriterService,
    @inject('chat.messageReactionService')
    private readonly reactions: MessageReactionService,
    @inject('repositories.MessageEditRepository')
    private readonly edits: MessageEditRepository,
    @inject('chat.rowReaderService') private readonly reader: RowReaderService,
    @inject('chat.rowVisibilityService')
    private readonly visibility: RowVisibilityService,
  ) {}

  /**
   * Has a message of the user's say something else. What it says already
   * changes nothing.
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_NOT_FOUND, CHAT_FORBIDDEN for
   *   all but the sender, and for messages that are no text, CHAT_BLOCKED
   */
  async edit(
    user: ChatUser,
    {text, ext, ...ref}: MessageEditDraft,
    {origin}: ChangeOptions = {},
  ): Promise<ChangePlace> {
    const content = {body: text ?? null, ext};
    checkContent(content, this.config.messages);
    return this.standing.change(user, ref, async (change, {message}) => {
      if (message.deleted) throw new ChatError('CHAT_NOT_FOUND');
      // What a file's message says is which file it is.
      const isOwn = message.createdBy === user.id && message.kind === 'text';
      if (!isOwn) throw new ChatError('CHAT_FORBIDDEN');
      await this.standing.expectHeard(change, user, message);
      const {writer} = this;
      const [done] = await writer.edit(
        change,
        user,
        [message],
        content,
        origin,
      );
      return placeOf(message, done);
    });
  }

  /**
   * Deletes a message: the user's own, in a group of the user's administration
   * anyone's. The second time changes nothing.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_FORBIDDEN
   */
  async remove(
    user: ChatUser,
    ref: MessageRef,
    {origin}: ChangeOptions = {},
  ): Promise<ChangePlace> {
    const {place} = await this.removal(user, ref, origin);
    return place;
  }

  /**
   * The same for those to whom a deleted message is there no more.
   * @throws ChatError CHAT_NOT_FOUND the second time too, CHAT_FORBIDDEN
   */
  async removeOnce(user: ChatUser, ref: MessageRef): Promise<void> {
    const {isDone} = await this.removal(user, ref);
    if (!isDone) throw new ChatError('CHAT_NOT_FOUND');
  }

  /**
   * Puts an emoji of the user's on a message or takes it back; the second time
   * changes nothing.
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_NOT_FOUND, CHAT_BLOCKED
   */
  async react(
    user: ChatUser,
    draft: ReactionDraft,
    {origin}: ChangeOptions = {},
  ): Promise<ChangePlace> {
    return this.reactions.react(user, draft, origin);
  }

  /** @throws ChatError CHAT_NOT_FOUND when the user does not see the message */
  async reactionsOf(
    user: ChatUser,
    messageId: string,
  ): Promise<ReactionGroup[]> {
    return this.reactions.reactionsOf(user, messageId);
  }

  /**
   * @returns what the message said before, oldest first
   * @throws ChatError CHAT_NOT_FOUND when the user does not see the message
   */
  async editsOf(
    user: ChatUser,
    messageId: string,
    {after = 0, limit = DEFAULT_LIMIT}: EditPage = {},
  ): Promise<FormerVersion[]> {
    new InputCheck()
      .expect(isCount(after, 0), 'after', 'must be a number of a change')
      .expect(
        isCount(limit, 1) && limit <= MAX_LIMIT,
        'limit',
        `must be 1 to ${MAX_LIMIT}`,
      )
      .conclude();
    const {id} = await this.reader.findById(user, Message, messageId);
    const versions = await this.edits.find({
      where: {messageId: id, changeSeq: {gt: after}},
      order: ['changeSeq ASC'],
      limit,
    });
    return versions.map(({body, ext, changeSeq, writtenOn, replacedOn}) => ({
      ...{body, ext, changeSeq},
      ...{writtenOn, replacedOn},
    }));
  }

  private async removal(
    user: ChatUser,
    ref: MessageRef,
    origin?: string,
  ): Promise<{place: ChangePlace; isDone: boolean}> {
    const isLifted = this.visibility.viewerOf(user) === 'administrator';
    return this.standing.change(
      user,
      ref,
      async (change, standing) => {
        const {message} = standing;
        if (!isLifted && !mayRemove(user, standing)) {
          const isGone = !!message.deleted;
          throw new ChatError(isGone ? 'CHAT_NOT_FOUND' : 'CHAT_FORBIDDEN');
        }
        const rest = message.deleted ? [] : [message];
        const [done] = await this.writer.remove(change, user, rest, origin);
        return {place: placeOf(message, done), isDone: !!done};
      },
      isLifted,
    );
  }
}

/** One that changed nothing is where the message's last change is. */
function placeOf(message: Message, done?: NumberedMessage): ChangePlace {
  const {changeSeq} = done ?? message;
  return {channelId: message.channelId, changeSeq};
}

function mayRemove(
  {id}: ChatUser,
  {message, membership}: MessageStanding,
): boolean {
  if (message.createdBy === id) return true;
  const isAdmin = membership?.role === 'owner' || membership?.role === 'admin';
  return isAdmin && message.channelType === 'group';
}

function isCount(value: number, min: number): boolean {
  return Number.isInteger(value) && value >= min && value < 2 ** 31;
}
