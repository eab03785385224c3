import type {Constructor} from '@loopback/core';
import type {EntityCrudRepository} from '@loopback/repository';
import type {ChannelMember} from '../models';

/** Who is a member of which channel. */
export interface ChannelMemberRepository extends EntityCrudRepository<
  ChannelMember,
  string
> {
  /** @returns the ids of the channels that the user is a member of, in no order */
  channelIdsOf(userId: string): Promise<string[]>;
  /** @returns the same without `single` channels */
  sharedChannelIdsOf(userId: string): Promise<string[]>;
  /** @returns the ids of the members of a channel, in no order */
  userIdsOf(channelId: string): Promise<string[]>;
  /** @returns whether the user is a member of the channel */
  isMember(channelId: string, userId: string): Promise<boolean>;
}

/** What the chat asks of the members beyond plain rows, for either ORM. */
export function ChannelMemberRepositoryMixin(
  Base: Constructor<EntityCrudRepository<ChannelMember, string>>,
): Constructor<ChannelMemberRepository> {
  return class extends Base implements ChannelMemberRepository {
    async channelIdsOf(userId: string): Promise<string[]> {
      const rows = await this.find({where: {userId}, fields: ['channelId']});
      return rows.map(row => row.channelId);
    }

    async sharedChannelIdsOf(userId: string): Promise<string[]> {
      const where = {userId, channelType: {neq: 'single'}};
      const rows = await this.find({where, fields: ['channelId']});
      return rows.map(row => row.channelId);
    }

    async userIdsOf(channelId: string): Promise<string[]> {
      const rows = await this.find({where: {channelId}, fields: ['userId']});
      return rows.map(row => row.userId);
    }

    async isMember(channelId: string, userId: string): Promise<boolean> {
      return (await this.count({channelId, userId})).count > 0;
    }
  };
}
