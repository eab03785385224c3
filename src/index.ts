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
  ERASURE_RULES,
  type ErasureRule,
  type ErasureRules,
} from './repositories/user-data/erasure-rules';
export {
  migrateDown,
  migrateUp,
  migrationStatus,
  type MigrationOptions,
  type MigrationTarget,
} from './repositories/migration/migrate';
export {
  ChatEvents,
  MessageRowsService,
  MessageService,
  RetentionService,
  UserDataService,
  SINGLE_CHANNEL_NAMESPACE,
  singleChannelId,
  type ChannelAccess,
  type ChannelEvent,
  type ChatEventMap,
  type ErasureCounts,
  type MessageDraft,
  type SendOptions,
  type SweepCounts,
  type SystemNote,
  type UserDirectory,
  type UserProfile,
} from './services';
export type {ChatLogger, ChatUser} from './types';
