import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {ChannelMemberRepository} from './channel-member.repository';
import type {ChannelRepository} from './channel.repository';
import type {MessageRecipientRepository} from './message-recipient.repository';
import type {MessageRepository} from './message.repository';
import {MysqlAdvance} from './receipts/mysql.advance';
import {PortableReceiptStore} from './receipts/portable.receipt-store';
import {PostgresAdvance} from './receipts/postgres.advance';
import type {ReceiptStore} from './receipts/receipt-store';
import {SqlReceiptStore} from './receipts/sql.receipt-store';
import type {RowSource} from './rows/row-source';
import {SqlRowSource} from './rows/sql.row-source';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/** Makes the one mover of cursors, for the dialect of `chatDb`. */
@injectable({scope: BindingScope.SINGLETON})
export class ReceiptStoreProvider implements Provider<ReceiptStore> {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('chat.rowSource') private readonly rows: RowSource,
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.MessageRecipientRepository')
    private readonly recipients: MessageRecipientRepository,
  ) {}

  value(): ReceiptStore {
    const {sql, rows, channels, members, messages, recipients} = this;
    if (!sql) {
      return new PortableReceiptStore({
        ...{rows, channels, members},
        ...{messages, recipients},
      });
    }
    const cursors =
      sql.dialect === 'mysql'
        ? new MysqlAdvance(sql)
        : new PostgresAdvance(sql);
    return new SqlReceiptStore(sql, cursors, new SqlRowSource(sql));
  }
}
