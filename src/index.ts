export {ChatServiceComponent} from './component';
export {DEFAULTS, type ChatServiceConfig} from './config';
export {
  CHAT_ERRORS,
  ChatError,
  type ChatErrorCode,
  type InputProblem,
} from './errors';
export {CHAT_DB_NAME, ChatServiceBindings} from './keys';
export {
  AttachmentFile,
  AuditedEntity,
  Channel,
  ChannelMember,
  Contact,
  Message,
  MessageEdit,
  MessageReaction,
  MessageRecipient,
  Notification,
  type MemberRole,
  type MessageKind,
  type NotificationStatus,
  type NotificationType,
  type SizeClass,
} from './models';
export {
  ORDINARY_PERMISSIONS,
  PermissionKey,
  PRIVILEGED_PERMISSIONS,
} from './permissions';
export * from './protocol';
export {
  migrateDown,
  migrateUp,
  migrationStatus,
  type MigrationOptions,
  type MigrationTarget,
} from './repositories/migration/migrate';
export {
  ChannelService,
  ChatEvents,
  GroupMemberService,
  GroupReaderService,
  GroupService,
  MessageChangeService,
  MessageRowsService,
  MessageService,
  ReceiptService,
  SINGLE_CHANNEL_NAMESPACE,
  singleChannelId,
  SyncService,
  type ChannelAccess,
  type ChangeOptions,
  type ChannelChanges,
  type ChannelCursor,
  type ChannelEvent,
  type ChannelMessage,
  type ChannelPage,
  type ChatEventMap,
  type Group,
  type GroupDraft,
  type GroupMember,
  type GroupUpdate,
  type EditPage,
  type FormerVersion,
  type MessageDraft,
  type MessageEditDraft,
  type MessageRef,
  type ReactionDraft,
  type ReactionGroup,
  type Cursor,
  type MemberCursor,
  type Receipt,
  type SendOptions,
  type SyncAnswer,
  type SyncRequest,
  type SystemNote,
  type UserDirectory,
  type UserProfile,
} from './services';
export type {ChannelView, MemberView, ReactionCount} from './repositories';
export type {ChatLogger, ChatUser} from './types';
