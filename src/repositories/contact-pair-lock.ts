import {BindingScope, inject, injectable} from '@loopback/core';
import {v7 as uuidv7} from 'uuid';
import type {ChannelChange} from './ledger/channel-change';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/**
 * Lets nobody else change the contacts of two users until a change commits.
 * Within a process the ledger's lanes do; among processes the row of the one
 * whose id comes first does, and is made where there is none, so that two who
 * never met have something to lock.
 */
@injectable({scope: BindingScope.SINGLETON})
export class ContactPairLock {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
  ) {}

  /** Leaves a row that is neither friend nor blocked, where there was none. */
  async take(
    {transaction, at}: ChannelChange,
    userId: string,
    otherId: string,
  ): Promise<void> {
    if (!this.sql) return;
    const [ownerId, contactId] = [userId, otherId].sort();
    const isMysql = this.sql.dialect === 'mysql';
    await this.sql.query(
      `INSERT INTO ${this.sql.table('chat_contacts')}
         (id, owner_id, contact_id, created_on, modified_on)
       VALUES ${isMysql ? '(?, ?, ?, ?, ?)' : '($1, $2, $3, $4, $5)'}
       ${
         isMysql
           ? 'ON DUPLICATE KEY UPDATE owner_id = owner_id'
           : 'ON CONFLICT (owner_id, contact_id) DO UPDATE SET owner_id = EXCLUDED.owner_id'
       }`,
      [uuidv7(), ownerId, contactId, at, at],
      transaction,
    );
  }
}
