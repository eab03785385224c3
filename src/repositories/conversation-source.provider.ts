import {BindingScope, inject, injectable, type Provider} from '@loopback/core';
import type {ChannelMemberRepository} from './channel-member.repository';
import type {ChannelRepository} from './channel.repository';
import type {MessageReactionRepository} from './conversation.repositories';
import type {ConversationSource} from './conversations/conversation-source';
import {PortableConversationSource} from './conversations/portable.conversation-source';
import {SqlConversationSource} from './conversations/sql.conversation-source';
import type {MessageRepository} from './message.repository';
import {SQL_RUNNER, type SqlRunner} from './sql-runner';

/** Makes the one reader of conversations, for the connector of `chatDb`. */
@injectable({scope: BindingScope.SINGLETON})
export class ConversationSourceProvider implements Provider<ConversationSource> {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('repositories.ChannelRepository')
    private readonly channels: ChannelRepository,
    @inject('repositories.ChannelMemberRepository')
    private readonly members: ChannelMemberRepository,
    @inject('repositories.MessageRepository')
    private readonly messages: MessageRepository,
    @inject('repositories.MessageReactionRepository')
    private readonly reactions: MessageReactionRepository,
  ) {}

  value(): ConversationSource {
    if (this.sql) return new SqlConversationSource(this.sql);
    const {channels, members, messages, reactions} = this;
    return new PortableConversationSource({
      ...{channels, members},
      ...{messages, reactions},
    });
  }
}
