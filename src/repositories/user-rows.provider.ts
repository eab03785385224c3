import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import {AttachmentFile, Channel, Message, MessageRecipient} from '../models';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';
import {
  PortableUserRows,
  type UserRepository,
} from './user-data/portable.user-rows';
import {SqlUserRows} from './user-data/sql.user-rows';
import type {UserModel, UserRows} from './user-data/user-rows';

/** Makes what finds users' ids in the tables, for the connector of `chatDb`. */
@injectable({scope: BindingScope.SINGLETON})
export class UserRowsProvider implements Provider<UserRows> {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('repositories.ChannelRepository')
    private readonly channels: UserRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: UserRepository,
    @inject('repositories.MessageRecipientRepository')
    private readonly recipients: UserRepository,
    @inject('repositories.AttachmentFileRepository')
    private readonly files: UserRepository,
  ) {}

  value(): UserRows {
    if (this.sql) return new SqlUserRows(this.sql);
    const repositories = new Map<UserModel, UserRepository>([
      [Channel, this.channels],
      [Message, this.messages],
      [MessageRecipient, this.recipients],
      [AttachmentFile, this.files],
    ]);
    return new PortableUserRows(repositories);
  }
}
