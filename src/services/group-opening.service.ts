import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {
  classifyStoreError,
  type ChannelChange,
  type ChannelLedger,
  type ChannelMemberRepository,
  type ChannelRepository,
} from '../repositories';
import type {ChatUser} from '../types';
import type {ChatEvents} from './chat-events';
import {
  checkGroupDraft,
  toAvatar,
  toGroupId,
  type GroupDraft,
} from './group-draft';
import type {GroupRosterService} from './group-roster.service';
import {toGroup, type Group} from './group-view';
import type {SystemMessageService} from './system-message.service';

/** A group that is to be made, checked. */
interface NewGroup {
  readonly id: string;
  readonly creator: ChatUser;
  readonly draft: GroupDraft;
  /** The members besides the creator. */
  readonly otherIds: readonly string[];
}

/** Makes groups, each once. */
@injectable({scope: BindingScope.SINGLETON})
export class GroupOpeningService {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject('chat.groupRosterService')
    private readonly roster: GroupRosterService,
    @inject('chat.systemMessageService')
    private readonly system: SystemMessageService,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  /**
   * Makes a group that the user owns.
   * @param key - a UUID that becomes the id; again, it gives the group there is
   * @throws ChatError CHAT_INPUT_INVALID, CHAT_BLOCKED when one of the members
   *   has blocked the user, CHAT_CONFLICT when the key is in use by another, or
   *   by a group that the user is no member of any more
   */
  async open(
    creator: ChatUser,
    draft: GroupDraft,
    key?: string,
  ): Promise<Group> {
    const otherIds = checkGroupDraft(creator.id, draft, this.config.groups);
    const group = {creator, draft, otherIds};
    return key === undefined
      ? this.make({id: uuidv7(), ...group})
      : this.makeOnce({id: toGroupId(key), ...group});
  }

  private async make(group: NewGroup): Promise<Group> {
    return this.ledger.change([group.id], change => this.write(change, group));
  }

  private async makeOnce(group: NewGroup): Promise<Group> {
    const {id, creator} = group;
    const known = await this.findOwn(creator, id);
    if (known) return known;
    try {
      return await this.ledger.change(
        [id],
        async change =>
          (await this.findOwn(creator, id, change)) ??
          this.write(change, group),
      );
    } catch (err) {
      // Another process may have been faster.
      const isTaken =
        !(err instanceof ChatError) && classifyStoreError(err) === 'duplicate';
      const made = isTaken ? await this.findOwn(creator, id) : undefined;
      if (made) return made;
      throw err;
    }
  }

  /** @throws ChatError CHAT_CONFLICT when the id is not free, nor the user's group */
  private async findOwn(
    user: ChatUser,
    id: string,
    change?: ChannelChange,
  ): Promise<Group | undefined> {
    const [channel] = await this.channels.find(
      {where: {id}, limit: 1},
      change?.options,
    );
    if (!channel) return undefined;
    const {type, createdBy, deleted} = channel;
    const isMade = type === 'group' && createdBy === user.id && !deleted;
    const where = {channelId: id};
    const rows = isMade
      ? await this.members.find({where, fields: ['userId']}, change?.options)
      : [];
    if (!rows.some(({userId}) => userId === user.id)) {
      throw new ChatError('CHAT_CONFLICT');
    }
    return toGroup(channel, rows.length);
  }

  private async write(
    change: ChannelChange,
    {id, creator, draft, otherIds}: NewGroup,
  ): Promise<Group> {
    await this.roster.expectWelcome({
      change,
      actor: creator,
      userIds: otherIds,
    });
    const {name, avatar, type: sizeClass = 'basic'} = draft;
    const group = change.open({
      ...{id, type: 'group', name, avatar: toAvatar(avatar), sizeClass},
      ...{ownerId: creator.id, createdBy: creator.id},
    });
    await this.roster.insert(change, group, [
      {userId: creator.id, role: 'owner'},
      ...otherIds.map(userId => ({userId, role: 'member'}) as const),
    ]);
    change.nextRosterChange(id);
    const memberIds = [creator.id, ...otherIds];
    change.announce(() =>
      this.events.emit('channel.opened', {
        channel: {id, type: group.type, createdBy: creator.id, memberIds},
      }),
    );
    const note = {event: 'group.created', name} as const;
    await this.system.write(change, id, creator, note);
    return toGroup(group, memberIds.length);
  }
}
