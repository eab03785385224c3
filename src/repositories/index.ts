export type {
  AttachmentDownloadRepository,
  AttachmentFileRepository,
} from './attachment.repositories';
export type {StoredBytes} from './attachments/stored-bytes';
export type {ChannelMemberRepository} from './channel-member.repository';
export type {ChannelRepository} from './channel.repository';
export type {
  ContactRepository,
  MessageEditRepository,
  MessageReactionRepository,
  NotificationRepository,
} from './conversation.repositories';
export type {MessageRecipientRepository} from './message-recipient.repository';
export type {MessageRepository} from './message.repository';
export type {AppendRequest} from './log/append-request';
export {MessageLog} from './log/message-log';
export {MessageLogFullError} from './log/message-log-full.error';
export type {StoredMessage} from './log/stored-message';
export type {NewChannel, NewMessage} from './log/message-appender';
export {classifyStoreError, type StoreFailure} from './log/store-error';
export {ContactPairLock} from './contact-pair-lock';
export {ChannelChange, type MessageNumbers} from './ledger/channel-change';
export {ChannelLedger} from './ledger/channel-ledger';
export type {MessageChanges, NumberedMessage} from './ledger/message-changes';
export {ChangeLogsProvider} from './change-logs.provider';
export {ExpiredChannelsProvider} from './expired-channels.provider';
export {MessageChangesProvider} from './message-changes.provider';
export {ConversationSourceProvider} from './conversation-source.provider';
export type {
  ChannelMark,
  ChannelReader,
  ChannelView,
  ConversationSource,
  MemberView,
  ReactionCount,
} from './conversations/conversation-source';
export {MessageLogProvider} from './message-log.provider';
export {ReactionTally, type TalliedReaction} from './reaction-tally';
export {ReceiptStoreProvider} from './receipt-store.provider';
export type {
  CursorMove,
  CursorWork,
  MessagePlace,
  MovedCursor,
  ReceiptStore,
} from './receipts/receipt-store';
export {MessageSearchProvider} from './message-search.provider';
export type {ExpiredChannels} from './retention/expired-channels';
export {
  STORED_STATES,
  type FileSweep,
  type SweepLimits,
  type SweptFile,
} from './sweep/file-sweep';
export {DataSourceRevokedTokens} from './revoked-tokens/data-source.revoked-tokens';
export type {RevokedTokens} from './revoked-tokens/revoked-tokens';
export {RowSourceProvider} from './row-source.provider';
export type {
  Row,
  RowModel,
  RowQuery,
  RowSource,
  Viewer,
} from './rows/row-source';
export type {MessageSearch, SearchQuery} from './search/message-search';
export {WordMatcher, wordsOf} from './search/words';
export type {SqlRow, SqlRunner, SqlTransaction} from './sql-runner';
export type {ChangeLog} from './user-data/change-log';
export {retrying} from './log/retrying';
export {renamedProperties} from './user-data/renamed-properties';
export type {
  FoundMessage,
  Renaming,
  UserModel,
  UserRows,
} from './user-data/user-rows';
export {UserRowsProvider} from './user-rows.provider';
