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
  /** @returns those of the channels that the user is a member of */
  thoseOf(userId: string, channelIds: string[]): Promise<string[]>;
  /** @returns the ids of the user's channels that are not `single`, in no order */
  sharedChannelIdsOf(userId: string): Promise<string[]>;
  /** @returns the ids of the members of a channel, in no order */
  userIdsOf(channelId: string): Promise<string[]>;
  /** @returns the user's own row, or null when there is none */
  membershipOf(
    channelId: string,
    userId: string,
  ): Promise<ChannelMember | null>;
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

    async thoseOf(userId: string, channelIds: string[]): Promise<string[]> {
      if (!channelIds.length) return [];
      const where = {userId, channelId: {inq: [...new Set(channelIds)]}};
      const rows = await this.find({where, fields: ['channelId']});
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

    async membershipOf(channelId: string, userId: string) {
      const where = {channelId, userId};
      const [row] = await this.find({where, limit: 1});
      return row ?? null;
    }

    async isMember(channelId: string, userId: string): Promise<boolean> {
      return (await this.count({channelId, userId})).count > 0;
    }
  };
}
