import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import {AttachmentFile, Message, MessageRecipient} from '../models';
import type {ChannelMemberRepository} from './channel-member.repository';
import {
  PortableRowSource,
  type AnyRepository,
} from './rows/portable.row-source';
import type {RowModel, RowSource} from './rows/row-source';
import {SqlRowSource} from './rows/sql.row-source';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/** Makes the one source of rows of the process, for the connector of `chatDb`. */
@injectable({scope: BindingScope.SINGLETON})
export class RowSourceProvider implements Provider<RowSource> {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('repositories.MessageRepository')
    private readonly messages: AnyRepository,
    @inject('repositories.MessageRecipientRepository')
    private readonly recipients: AnyRepository,
    @inject('repositories.AttachmentFileRepository')
    private readonly files: AnyRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
  ) {}

  value(): RowSource {
    if (this.sql) return new SqlRowSource(this.sql);
    const repositories = new Map<RowModel, AnyRepository>([
      [Message, this.messages],
      [MessageRecipient, this.recipients],
      [AttachmentFile, this.files],
    ]);
    return new PortableRowSource(repositories, this.members);
  }
}
