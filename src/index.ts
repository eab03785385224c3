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
  AuditedEntity,
  Channel,
  ChannelMember,
  Message,
  type MessageKind,
} from './models';
export {
  ORDINARY_PERMISSIONS,
  PermissionKey,
  PRIVILEGED_PERMISSIONS,
} from './permissions';
export * from './protocol';
export {
  migrateUp,
  type MigrationTarget,
} from './repositories/migration/migrate';
export {
  ChatEvents,
  MessageService,
  SINGLE_CHANNEL_NAMESPACE,
  singleChannelId,
  type ChannelAccess,
  type ChatEventMap,
  type MessageDraft,
  type SendOptions,
} from './services';
export type {ChatLogger, ChatUser} from './types';
