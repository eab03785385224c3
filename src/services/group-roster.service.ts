import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {ChannelMember, type Channel, type MemberRole} from '../models';
import type {
  ChannelChange,
  ChannelMemberRepository,
  ContactRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import {maxMembersOf} from './group-draft';
import {BY_AGE} from './group-view';
import {expectSameTenant} from './tenancy';
import type {SystemMessageService} from './system-message.service';

/** Users who come into a group within a change of it. */
export interface Arrival {
  readonly change: ChannelChange;
  readonly group: Channel;
  /** Who lets them in. */
  readonly actor: ChatUser;
  /** None of them a member; each once. */
  readonly userIds: readonly string[];
}

/** Bounds the parameters of one statement. */
const MAX_ROWS = 1000;

/** Reads and extends the list of a group's members, as a part of a change. */
@injectable({scope: BindingScope.SINGLETON})
export class GroupRosterService {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('repositories.ContactRepository')
    private readonly contacts: ContactRepository,
    @inject('chat.systemMessageService')
    private readonly system: SystemMessageService,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /** @returns the memberships of those of the users who are members */
  async find(
    {options}: ChannelChange,
    channelId: string,
    userIds: readonly string[],
  ): Promise<ChannelMember[]> {
    const rows: ChannelMember[] = [];
    for (const chunk of inChunks(userIds)) {
      const where = {channelId, userId: {inq: chunk}};
      const found = await this.members.find({where, order: BY_AGE}, options);
      rows.push(...found);
    }
    return rows;
  }

  /** @returns whether the group may have so many members more, and how many in all */
  async roomFor(
    {options}: ChannelChange,
    {id: channelId, sizeClass}: Channel,
    added: number,
  ): Promise<{isEnough: boolean; most: number}> {
    const {count} = await this.members.count({channelId}, options);
    const most = maxMembersOf(sizeClass, this.config.groups);
    return {isEnough: count + added <= most, most};
  }

  /**
   * @throws ChatError CHAT_BLOCKED when one of the users has blocked who lets them in
   * @throws ChatError CHAT_NOT_FOUND when one of them is of another tenant
   */
  async expectWelcome({
    change,
    actor,
    userIds,
  }: Omit<Arrival, 'group'>): Promise<void> {
    expectSameTenant(actor, ...userIds);
    for (const ownerIds of inChunks(userIds)) {
      const {count} = await this.contacts.count(
        {contactId: actor.id, ownerId: {inq: ownerIds}, blocked: true},
        change.options,
      );
      if (count) throw new ChatError('CHAT_BLOCKED');
    }
  }

  /**
   * Makes users members by a number of statements that grows by one in a
   * thousand. What was written before they came is not unread to them.
   */
  async insert(
    change: ChannelChange,
    group: Channel,
    users: readonly {readonly userId: string; readonly role: MemberRole}[],
  ): Promise<ChannelMember[]> {
    const {id: channelId, type: channelType, messageSeq} = group;
    const rows = users.map(
      user =>
        new ChannelMember({
          ...{id: uuidv7(), channelId, channelType, ...user},
          ...{receivedSeq: messageSeq, readSeq: messageSeq},
          ...{muted: false, pinned: false, createdOn: change.at},
        }),
    );
    for (const chunk of inChunks(rows)) {
      await this.members.createAll(chunk, change.options);
    }
    return rows;
  }

  /** Makes users members of a group that is there, and tells of it. */
  async admit(arrival: Arrival): Promise<ChannelMember[]> {
    const {change, group, actor, userIds} = arrival;
    const {id: channelId, type: channelType} = group;
    const newcomers = userIds.map(
      userId => ({userId, role: 'member'}) as const,
    );
    const rows = await this.insert(change, group, newcomers);
    const changeSeq = change.nextRosterChange(channelId);
    change.announce(() =>
      this.events.emit('member.added', {
        ...{channelId, channelType, changeSeq},
        actorId: actor.id,
        userIds,
      }),
    );
    const note = {event: 'member.added', userIds} as const;
    await this.system.write(change, channelId, actor, note);
    return rows;
  }
}

function inChunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / MAX_ROWS);
  return Array.from({length: count}, (_, index) =>
    items.slice(index * MAX_ROWS, (index + 1) * MAX_ROWS),
  );
}
