import {BindingScope, inject, injectable} from '@loopback/core';
import type {Channel} from '../../models';
import type {ChannelRepository} from '../channel.repository';
import type {MessageLog} from '../log/message-log';
import {retrying} from '../log/retrying';
import {SQL_RUNNER, type SqlRunner, type SqlTransaction} from '../sql-runner';
import {ChannelChange} from './channel-change';
import {jsonRows} from './json-rows';

/**
 * Changes channels and what is in them, one change of a channel at a time: in
 * this process by the lanes of the message log, among processes by a lock on
 * the channel's row. The connectors without SQL have no transactions: what
 * fails half-way there stays half-way.
 */
@injectable({scope: BindingScope.SINGLETON})
export class ChannelLedger {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('chat.messageLog') private readonly log: MessageLog,
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
  ) {}

  /**
   * Runs `work` in one transaction and tells what it announced after commit.
   * `work` may run again when the database asks for it, so it changes nothing
   * but by the change it is given.
   * @param channelIds - of all channels that `work` looks at
   */
  async change<T>(
    channelIds: readonly string[],
    work: (change: ChannelChange) => Promise<T>,
  ): Promise<T> {
    const ids = [...new Set(channelIds)].sort();
    return this.log.exclusively(ids, async () => {
      const {change, result} = await this.commit(ids, work);
      for (const tell of change.outcome().announcements) tell();
      return result;
    });
  }

  private async commit<T>(
    ids: string[],
    work: (change: ChannelChange) => Promise<T>,
  ): Promise<{change: ChannelChange; result: T}> {
    const {sql} = this;
    return retrying(() =>
      sql
        ? sql.transaction(tx => this.attempt(ids, work, tx))
        : this.attempt(ids, work),
    );
  }

  private async attempt<T>(
    ids: string[],
    work: (change: ChannelChange) => Promise<T>,
    tx?: SqlTransaction,
  ): Promise<{change: ChannelChange; result: T}> {
    await this.lock(ids, tx);
    const options = tx ? {transaction: tx} : {};
    const rows = await this.channels.find({where: {id: {inq: ids}}}, options);
    const byId = new Map(rows.map(row => [row.id, row]));
    const change = new ChannelChange(byId, tx, new Date());
    const result = await work(change);
    const {opened, changed} = change.outcome();
    for (const channel of opened) await this.channels.create(channel, options);
    await this.write(changed, tx);
    return {change, result};
  }

  /** Of many channels of which only changes were counted, by one statement. */
  private async write(
    changed: [string, Partial<Channel>][],
    tx?: SqlTransaction,
  ): Promise<void> {
    const isMany = this.sql && changed.length > 1;
    const counted = new Set(isMany ? changed.filter(isOnlyCounted) : []);
    if (this.sql && counted.size) await raise(this.sql, [...counted], tx);
    const options = tx ? {transaction: tx} : {};
    for (const entry of changed) {
      const [id, properties] = entry;
      if (counted.has(entry)) continue;
      await this.channels.updateById(id, properties, options);
    }
  }

  /** In the order of the ids, so that two nodes never wait for each other. */
  private async lock(ids: string[], tx?: SqlTransaction): Promise<void> {
    if (!this.sql || !ids.length) return;
    const {dialect} = this.sql;
    const names = ids.map((_, i) => (dialect === 'mysql' ? '?' : `$${i + 1}`));
    await this.sql.query(
      `SELECT id FROM ${this.sql.table('chat_channels')}
       WHERE id IN (${names.join(', ')}) ORDER BY id
       ${dialect === 'mysql' ? 'FOR UPDATE' : 'FOR NO KEY UPDATE'}`,
      ids,
      tx,
    );
  }
}

function isOnlyCounted([, properties]: [string, Partial<Channel>]): boolean {
  return Object.keys(properties).join() === 'changeSeq';
}

async function raise(
  sql: SqlRunner,
  counted: [string, Partial<Channel>][],
  tx?: SqlTransaction,
): Promise<void> {
  const rows = counted.map(([id, {changeSeq}]) => ({
    id,
    change_seq: changeSeq,
  }));
  const isMysql = sql.dialect === 'mysql';
  const columns = {id: 'id', change_seq: 'int'} as const;
  const list = jsonRows(sql.dialect, isMysql ? '?' : '$1', 'v', columns);
  const table = sql.table('chat_channels');
  await sql.execute(
    isMysql
      ? `UPDATE ${table} c JOIN ${list} ON v.id = c.id
         SET c.change_seq = v.change_seq`
      : `UPDATE ${table} c SET change_seq = v.change_seq
         FROM ${list} WHERE v.id = c.id`,
    [JSON.stringify(rows)],
    tx,
  );
}
