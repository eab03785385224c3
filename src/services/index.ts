export {AttachmentFileService} from './attachment-file.service';
export {OPEN_CHANNEL_ACCESS, type ChannelAccess} from './channel-access';
export {asChatError} from './chat-error';
export {ChatEvents} from './chat-events';
export type {ChannelEvent, ChatEventMap} from './chat-event-map';
export {toChatUser, type Claims} from './chat-user';
export {MembershipService} from './membership.service';
export {
  MessageRecipientService,
  type RecipientDraft,
} from './message-recipient.service';
export {MessageRowsService} from './message-rows.service';
export {
  RETENTION_GROUP,
  RetentionObserver,
} from './retention/retention.observer';
export {
  RETENTION_ACTOR,
  RetentionService,
  type SweepCounts,
} from './retention/retention.service';
export {RowReaderService} from './row-reader.service';
export {RowVisibilityService} from './row-visibility.service';
export type {MessageDraft} from './message-draft';
export {MessageService, type SendOptions} from './message.service';
export {MessageTargetService} from './message-target.service';
export {SINGLE_CHANNEL_NAMESPACE, singleChannelId} from './single-channel';
export {SystemMessageService, type SystemNote} from './system-message.service';
export type {ErasureCounts} from './user-data/erasure';
export {userDataBindings} from './user-data/user-data.bindings';
export {UserDataService} from './user-data/user-data.service';
export {
  TOKEN_USER_DIRECTORY,
  type UserDirectory,
  type UserProfile,
} from './user-directory';
export {bearerToken, TokenService, type VerifiedToken} from './token.service';
