import {BindingScope, inject, injectable} from '@loopback/core';
import type {ChannelMemberRepository} from './channel-member.repository';
import {SqlParams} from './rows/sql-where';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/** Counts the members of many channels at once. */
@injectable({scope: BindingScope.SINGLETON})
export class MemberCounter {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
  ) {}

  /** @returns by channel id; a channel without members is left out */
  async countOf(channelIds: readonly string[]): Promise<Map<string, number>> {
    if (!channelIds.length) return new Map();
    return this.sql
      ? this.countBySql(this.sql, channelIds)
      : this.countByRows(channelIds);
  }

  private async countBySql(
    sql: SqlRunner,
    channelIds: readonly string[],
  ): Promise<Map<string, number>> {
    const params = new SqlParams(sql.dialect);
    const ids = channelIds.map(id => params.add(id));
    const rows = await sql.query(
      `SELECT channel_id, COUNT(*) AS size
       FROM ${sql.table('chat_channel_members')}
       WHERE channel_id IN (${ids.join(', ')}) GROUP BY channel_id`,
      params.values,
    );
    return new Map(
      rows.map(({channel_id: id, size}) => [String(id), Number(size)]),
    );
  }

  private async countByRows(
    channelIds: readonly string[],
  ): Promise<Map<string, number>> {
    const rows = await this.members.find({
      where: {channelId: {inq: [...channelIds]}},
      fields: ['channelId'],
    });
    const counts = new Map<string, number>();
    for (const {channelId} of rows) {
      counts.set(channelId, (counts.get(channelId) ?? 0) + 1);
    }
    return counts;
  }
}
