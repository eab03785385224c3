import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {ChannelRepository} from './channel.repository';
import type {MessageRepository} from './message.repository';
import type {ExpiredChannels} from './retention/expired-channels';
import {PortableExpiredChannels} from './retention/portable.expired-channels';
import {SqlExpiredChannels} from './retention/sql.expired-channels';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/** Makes what finds channels with old messages, for the connector of `chatDb`. */
@injectable({scope: BindingScope.SINGLETON})
export class ExpiredChannelsProvider implements Provider<ExpiredChannels> {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
  ) {}

  value(): ExpiredChannels {
    return this.sql
      ? new SqlExpiredChannels(this.sql)
      : new PortableExpiredChannels(this.channels, this.messages);
  }
}
