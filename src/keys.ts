import {BindingKey, type Interceptor} from '@loopback/core';
import type {Server as HttpServer} from 'http';
import type {ChatServiceConfig, ResolvedConfig} from './config';
import type {ChatEnv} from './env';
import type {
  ChannelLedger,
  ConversationSource,
  MessageChanges,
  MessageLog,
  ReactionTally,
  ReceiptStore,
  MessageSearch,
  RevokedTokens,
  RowSource,
} from './repositories';
import type {
  ChatEvents,
  ChannelAccess,
  GroupMemberService,
  GroupReaderService,
  GroupService,
  MessageChangeService,
  ChannelService,
  AttachmentScanner,
  AttachmentUploadService,
  UploadForm,
  MessageRowsService,
  MessageService,
  ReceiptService,
  SyncService,
  SearchService,
  ContactRequestService,
  ContactService,
  NotificationService,
  PermissionService,
  PermissionSource,
  RetentionService,
  SharedCache,
  SharedKeys,
  TokenService,
  UserDataService,
  UserDirectory,
} from './services';
import type {AttachmentStorage} from './storage';
import type {ChatLogger, ChatUser} from './types';

/** The name of the data source that a host binds: `datasources.chatDb`. */
export const CHAT_DB_NAME = 'chatDb';

/** The name of the component's `@loopback/authentication` strategy. */
export const CHAT_AUTH_STRATEGY = 'chat-bearer';

/** The name of the bearer scheme in the OpenAPI spec. */
export const CHAT_SECURITY_SCHEME = 'chatBearer';

/** What a host may bind or ask for. */
export namespace ChatServiceBindings {
  /** The host's settings; to be bound before the component is added. */
  export const Config = BindingKey.create<ChatServiceConfig>('chat.config');
  /** Where an operator's lines go; bind your own to redirect them. */
  export const Logger = BindingKey.create<ChatLogger>('chat.logger');
  /** Decides about channels of the host's own types. */
  export const ChannelAccess =
    BindingKey.create<ChannelAccess>('chat.channelAccess');
  /** Sends and reads messages on a user's behalf. */
  export const MessageService = BindingKey.create<MessageService>(
    'chat.messageService',
  );
  /**
   * The HTTP server to share, for hosts whose REST server does not listen
   * itself; by default the REST server's own.
   */
  export const HttpServer = BindingKey.create<HttpServer>('chat.httpServer');
  /** Reads, changes and deletes stored messages on a user's behalf. */
  export const MessageRowsService = BindingKey.create<MessageRowsService>(
    'chat.messageRowsService',
  );
  /** Makes, changes and deletes groups on a user's behalf. */
  export const GroupService =
    BindingKey.create<GroupService>('chat.groupService');
  /** Changes who belongs to a group, on a user's behalf. */
  export const GroupMemberService = BindingKey.create<GroupMemberService>(
    'chat.groupMemberService',
  );
  /** Lists groups and their members. */
  export const GroupReaderService = BindingKey.create<GroupReaderService>(
    'chat.groupReaderService',
  );
  /** Edits and deletes single messages and reacts to them, on a user's behalf. */
  export const MessageChangeService = BindingKey.create<MessageChangeService>(
    'chat.messageChangeService',
  );
  /** Reads channels, their messages and changes on a user's behalf. */
  export const ChannelService = BindingKey.create<ChannelService>(
    'chat.channelService',
  );
  /** Moves members' cursors: what they have received and read. */
  export const ReceiptService = BindingKey.create<ReceiptService>(
    'chat.receiptService',
  );
  /** Brings clients of any age to the present state. */
  export const SyncService = BindingKey.create<SyncService>('chat.syncService');
  /** Finds messages by their words on a user's behalf. */
  export const SearchService =
    BindingKey.create<SearchService>('chat.searchService');
  /** Tells of the host's users; by default only what tokens say. */
  export const UserDirectory =
    BindingKey.create<UserDirectory>('chat.userDirectory');
  /** Lists, changes, blocks and parts with contacts on a user's behalf. */
  export const ContactService = BindingKey.create<ContactService>(
    'chat.contactService',
  );
  /** Makes friends: asks, accepts and rejects on a user's behalf. */
  export const ContactRequestService = BindingKey.create<ContactRequestService>(
    'chat.contactRequestService',
  );
  /** Tells and asks users: other users' notifications, and the host's own. */
  export const NotificationService = BindingKey.create<NotificationService>(
    'chat.notificationService',
  );
  /** Deletes messages that are too old by the config. */
  export const RetentionService = BindingKey.create<RetentionService>(
    'chat.retentionService',
  );
  /** Erases and exports what the chat keeps of a user. */
  export const UserDataService = BindingKey.create<UserDataService>(
    'chat.userDataService',
  );
  /**
   * Keeps the bytes of files; by default on the disk or in a bucket, by
   * `attachments.directory` and `attachments.s3` of the config.
   */
  export const AttachmentStorage = BindingKey.create<AttachmentStorage>(
    'chat.attachmentStorage',
  );
  /**
   * Looks at files for what harms; optional. Files are in quarantine until it
   * has passed them.
   */
  export const AttachmentScanner = BindingKey.create<AttachmentScanner>(
    'chat.attachmentScanner',
  );
  /** Stores files on a user's behalf. */
  export const AttachmentUploadService =
    BindingKey.create<AttachmentUploadService>('chat.attachmentUploadService');
  /**
   * The interceptor that guards controllers: asks for the token, and for the permission
   * keys of `@authorize`. The component's own have it; so may yours.
   */
  export const Access = BindingKey.create<Interceptor>('chat.access');
  /** Says what users may do now; by default their tokens say it. */
  export const PermissionSource = BindingKey.create<PermissionSource>(
    'chat.permissionSource',
  );
  /** Tells the chat that users may do something else now. */
  export const PermissionService = BindingKey.create<PermissionService>(
    'chat.permissionService',
  );
  /** Keeps answers for a while, on all nodes together; `cached` uses it. */
  export const Cache = BindingKey.create<SharedCache>('chat.cache');
  /** Verifies access tokens, and takes them back. */
  export const TokenService =
    BindingKey.create<TokenService>('chat.tokenService');
  /**
   * Where revoked tokens are kept; by default in the data source `AuthCache`, else
   * in Redis, else in this process.
   */
  export const RevokedTokens =
    BindingKey.create<RevokedTokens>('chat.revokedTokens');
  /** Tells what happened in the chat, after it was stored. */
  export const Events = BindingKey.create<ChatEvents>('chat.events');
}

/** Bindings among the component's own rooms. */
export namespace ChatInternalBindings {
  export const Config = BindingKey.create<ResolvedConfig>(
    'chat.resolvedConfig',
  );
  export const Env = BindingKey.create<ChatEnv>('chat.env');
  /** The host's logger; whatever it does, the chat goes on. */
  export const Logger = BindingKey.create<ChatLogger>('chat.safeLogger');
  export const MessageLog = BindingKey.create<MessageLog>('chat.messageLog');
  export const ChannelLedger =
    BindingKey.create<ChannelLedger>('chat.channelLedger');
  export const MessageChanges = BindingKey.create<MessageChanges>(
    'chat.messageChanges',
  );
  export const ReactionTally =
    BindingKey.create<ReactionTally>('chat.reactionTally');
  export const MessageSearch =
    BindingKey.create<MessageSearch>('chat.messageSearch');
  export const RowSource = BindingKey.create<RowSource>('chat.rowSource');
  export const ConversationSource = BindingKey.create<ConversationSource>(
    'chat.conversationSource',
  );
  export const ReceiptStore =
    BindingKey.create<ReceiptStore>('chat.receiptStore');
  /** Redis; undefined where there is none. */
  export const RedisKeys = BindingKey.create<SharedKeys | undefined>(
    'chat.redisKeys',
  );
  /** The form with files that a request sends. */
  export const UploadForm = BindingKey.create<UploadForm>('chat.uploadForm');
  /** The interceptor of operations that are {@link cached}. */
  export const CachedAnswer =
    BindingKey.create<Interceptor>('chat.cachedAnswer');
  /** The interceptor that answers the bytes of files. */
  export const FileAnswer = BindingKey.create<Interceptor>('chat.fileAnswer');
  /** The interceptor that answers listings of downloads, as JSON or as a table. */
  export const TableAnswer = BindingKey.create<Interceptor>('chat.tableAnswer');
  export const CurrentUser = BindingKey.create<ChatUser>('chat.currentUser');
}
