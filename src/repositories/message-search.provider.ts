import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {ChannelMemberRepository} from './channel-member.repository';
import type {MessageRepository} from './message.repository';
import type {RowSource} from './rows/row-source';
import {SqlRowSource} from './rows/sql.row-source';
import type {MessageSearch} from './search/message-search';
import {PortableMessageSearch} from './search/portable.message-search';
import {SqlMessageSearch} from './search/sql.message-search';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/** Makes the one search of the process, for the connector of `chatDb`. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageSearchProvider implements Provider<MessageSearch> {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('chat.rowSource') private readonly rows: RowSource,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
  ) {}

  value(): MessageSearch {
    return this.sql
      ? new SqlMessageSearch(this.sql, new SqlRowSource(this.sql))
      : new PortableMessageSearch(this.rows, this.messages, this.members);
  }
}
