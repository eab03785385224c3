import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import type {ChannelMember, Message} from '../models';
import type {
  ChannelChange,
  ChannelLedger,
  ChannelMemberRepository,
  ContactRepository,
  MessageRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import {isUuid} from './input-rules';
import {isSingleChannelId} from './single-channel';

/** Names a message, and the channel where it is thought to be. */
export interface MessageRef {
  readonly messageId: string;
  readonly channelId?: string;
}

/** Where a change was made. */
export interface ChangePlace {
  readonly channelId: string;
  /** The number of the change, or where nothing changed the message's own. */
  readonly changeSeq: number;
}

/** How a user stands to a message, while nobody else changes its channel. */
export interface MessageStanding {
  /** Deleted or not. */
  readonly message: Message;
  /** Absent of one who is no member. */
  readonly membership?: ChannelMember;
}

/** Lets users at single messages, as members of their channels. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageStandingService {
  constructor(
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('repositories.ContactRepository')
    private readonly contacts: ContactRepository,
  ) {}

  /**
   * Runs `work` in a change of the message's channel.
   * @param isLifted - lets one in who is no member
   * @throws ChatError CHAT_NOT_FOUND when there is no such message for the user
   */
  async change<T>(
    user: ChatUser,
    ref: MessageRef,
    work: (change: ChannelChange, standing: MessageStanding) => Promise<T>,
    isLifted = false,
  ): Promise<T> {
    const where = {id: ref.messageId.toLowerCase()};
    const channelId = await this.channelOf(ref);
    // A stranger is not let near the lock.
    const isIn = isLifted || (await this.members.isMember(channelId, user.id));
    if (!isIn) throw new ChatError('CHAT_NOT_FOUND');
    return this.ledger.change([channelId], async change => {
      const {options} = change;
      const [message] = await this.messages.find({where, limit: 1}, options);
      const pair = {where: {channelId, userId: user.id}, limit: 1};
      const [membership] = await this.members.find(pair, options);
      const isThere = message && (isLifted || membership);
      if (!isThere) throw new ChatError('CHAT_NOT_FOUND');
      return work(change, {message, membership});
    });
  }

  /** @returns those of the messages where the other of two lets the user speak */
  async heard(
    change: ChannelChange,
    user: ChatUser,
    messages: readonly Message[],
  ): Promise<Message[]> {
    const ids = new Set(messages.flatMap(m => partnerIn(m, user) ?? []));
    if (!ids.size) return [...messages];
    const blocks = {ownerId: {inq: [...ids]}, contactId: user.id};
    const blocked = await this.contacts.find(
      {where: {...blocks, blocked: true}, fields: ['ownerId']},
      change.options,
    );
    const deaf = new Set<unknown>(blocked.map(({ownerId}) => ownerId));
    return messages.filter(message => !deaf.has(partnerIn(message, user)));
  }

  /** @throws ChatError CHAT_BLOCKED when the other of two does not let the user speak */
  async expectHeard(
    change: ChannelChange,
    user: ChatUser,
    message: Message,
  ): Promise<void> {
    const [heard] = await this.heard(change, user, [message]);
    if (!heard) throw new ChatError('CHAT_BLOCKED');
  }

  private async channelOf({messageId, channelId}: MessageRef): Promise<string> {
    if (!isUuid(messageId)) throw new ChatError('CHAT_NOT_FOUND');
    const where = {id: messageId.toLowerCase()};
    const fields: ['channelId'] = ['channelId'];
    const [message] = await this.messages.find({where, fields, limit: 1});
    const place =
      channelId && isSingleChannelId(channelId)
        ? channelId.toLowerCase()
        : channelId;
    const isThere =
      message && (place ?? message.channelId) === message.channelId;
    if (!isThere) throw new ChatError('CHAT_NOT_FOUND');
    return message.channelId;
  }
}

/** Of a message between two, the one who is not the user. */
function partnerIn(
  {channelType, createdBy, toUserId}: Message,
  {id}: ChatUser,
): string | undefined {
  if (channelType !== 'single') return undefined;
  if (createdBy === id) return toUserId;
  return toUserId === id ? createdBy : undefined;
}
