import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings, ChatServiceBindings} from '../../keys';
import {Channel} from '../../models';
import {
  renamedProperties,
  type ChannelLedger,
  type ChannelRepository,
  type UserRows,
} from '../../repositories';
import type {ChatEvents} from '../chat-events';
import type {Erasure, ErasureStep} from './erasure';

const RENAMED = renamedProperties(Channel) as ('createdBy' | 'deletedBy')[];

/**
 * Takes a user out of the channels that the user made, owned or deleted and is
 * no member of.
 */
@injectable({scope: BindingScope.SINGLETON})
export class ChannelsStep implements ErasureStep {
  constructor(
    @inject('chat.userRows') private readonly rows: UserRows,
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
  ) {}

  async run(erasure: Erasure): Promise<number> {
    let count = 0;
    const properties = [...RENAMED, 'ownerId'];
    const pages = this.rows.ids(Channel, properties, erasure.userId);
    for await (const ids of pages) {
      for (const id of ids) count += await this.rewrite(id, erasure);
    }
    return count;
  }

  private async rewrite(id: string, erasure: Erasure): Promise<number> {
    const {userId, alias} = erasure;
    return this.ledger.change([id], async change => {
      const [channel] = await this.channels.find({where: {id}}, change.options);
      const names = RENAMED.filter(name => channel?.[name] === userId);
      const isOwner = channel?.ownerId === userId;
      if (!names.length && !isOwner) return 0;
      change.set(id, {
        ...Object.fromEntries(names.map(name => [name, alias])),
        // Whoever owns a group is a member: it is nobody's who could take it.
        ...(isOwner && ({ownerId: null} as unknown as Partial<Channel>)),
      });
      const changeSeq = change.nextRosterChange(id);
      if (!channel.deleted) {
        change.announce(() =>
          this.events.emit('channel.updated', {
            ...{channelId: id, channelType: channel.type, changeSeq},
            actorId: alias,
          }),
        );
      }
      return 1;
    });
  }
}
