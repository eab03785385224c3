import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import {ChatError, invalidInput} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {Message, MessageReaction} from '../models';
import type {
  ChannelChange,
  MessageChanges,
  MessageReactionRepository,
  ReactionTally,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import {isEmoji} from './emoji';
import {messageEvent} from './message-event';
import type {
  ChangePlace,
  MessageRef,
  MessageStandingService,
} from './message-standing.service';
import type {RowReaderService} from './row-reader.service';

/** Bounds what a message brings with it wherever it goes. */
const MAX_EMOJI = 50;
const MAX_OWN = 20;

/** One emoji on one message, put there or taken back by a user. */
export interface ReactionDraft extends MessageRef {
  readonly emoji: string;
  readonly removed: boolean;
}

/** Who reacted to a message with one emoji. */
export interface ReactionGroup {
  readonly emoji: string;
  /** At most 100, the asking user's own among them, oldest first. */
  readonly userIds: string[];
  /** Of all of them. */
  readonly count: number;
}

/** Keeps users' reactions to messages. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageReactionService {
  constructor(
    @inject('chat.messageStandingService')
    private readonly standing: MessageStandingService,
    @inject(ChatInternalBindings.MessageChanges)
    private readonly changes: MessageChanges,
    @inject(ChatInternalBindings.ReactionTally)
    private readonly tally: ReactionTally,
    @inject('repositories.MessageReactionRepository')
    private readonly reactions: MessageReactionRepository,
    @inject('chat.rowReaderService') private readonly reader: RowReaderService,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /**
   * Puts an emoji of the user's on a message or takes it back; the second time
   * changes nothing.
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_NOT_FOUND, CHAT_BLOCKED
   */
  async react(
    user: ChatUser,
    {emoji, removed, ...ref}: ReactionDraft,
    origin?: string,
  ): Promise<ChangePlace> {
    if (!isEmoji(emoji)) {
      throw invalidInput('emoji', 'must be one emoji or a :shortcode:');
    }
    return this.standing.change(user, ref, async (change, {message}) => {
      const {channelId} = message;
      if (message.deleted) throw new ChatError('CHAT_NOT_FOUND');
      const isDone = removed
        ? await this.takeBack(change, user, message, emoji)
        : await this.put(change, user, message, emoji);
      if (!isDone) return {channelId, changeSeq: message.changeSeq};
      const changeSeq = change.nextChange(channelId);
      await this.changes.write(change, [{id: message.id, changeSeq}], {});
      const event = {
        ...messageEvent(user, message, changeSeq, origin),
        ...{emoji, isRemoved: removed},
      };
      change.announce(() => this.events.emit('message.reacted', event));
      return {channelId, changeSeq};
    });
  }

  /** @throws ChatError CHAT_NOT_FOUND when the user does not see the message */
  async reactionsOf(
    user: ChatUser,
    messageId: string,
  ): Promise<ReactionGroup[]> {
    const {id} = await this.reader.findById(user, Message, messageId);
    const groups = new Map<string, ReactionGroup>();
    for (const {emoji, userId, count} of await this.tally.ofMessage(
      id,
      user.id,
    )) {
      const group = groups.get(emoji) ?? {emoji, userIds: [], count};
      groups.set(emoji, group);
      group.userIds.push(userId);
    }
    return [...groups.values()];
  }

  private async put(
    change: ChannelChange,
    user: ChatUser,
    message: Message,
    emoji: string,
  ): Promise<boolean> {
    const {options, transaction, at} = change;
    const of = {messageId: message.id, userId: user.id};
    const own = await this.reactions.find({where: of}, options);
    if (own.some(reaction => reaction.emoji === emoji)) return false;
    await this.standing.expectHeard(change, user, message);
    if (own.length >= MAX_OWN) {
      throw invalidInput('emoji', `must be one of at most ${MAX_OWN} of yours`);
    }
    const isKnown = {messageId: message.id, emoji};
    if (!(await this.reactions.count(isKnown, options)).count) {
      const count = await this.tally.countEmoji(message.id, transaction);
      if (count >= MAX_EMOJI) {
        throw invalidInput('emoji', `must be one of at most ${MAX_EMOJI}`);
      }
    }
    const {channelId} = message;
    const row = {id: uuidv7(), ...of, channelId, emoji, createdOn: at};
    await this.reactions.create(new MessageReaction(row), options);
    return true;
  }

  private async takeBack(
    {options}: ChannelChange,
    user: ChatUser,
    {id}: Message,
    emoji: string,
  ): Promise<boolean> {
    const own = {messageId: id, userId: user.id, emoji};
    return (await this.reactions.deleteAll(own, options)).count > 0;
  }
}
