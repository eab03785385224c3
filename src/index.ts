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
  Message,
  MessageRecipient,
  type MessageKind,
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
  ChatEvents,
  MessageRowsService,
  MessageService,
  SINGLE_CHANNEL_NAMESPACE,
  singleChannelId,
  type ChannelAccess,
  type ChatEventMap,
  type MessageDraft,
  type SendOptions,
} from './services';
export type {ChatLogger, ChatUser} from './types';
