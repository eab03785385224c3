export {AttachmentFileService} from './attachment-file.service';
export {OPEN_CHANNEL_ACCESS, type ChannelAccess} from './channel-access';
export {asChatError} from './chat-error';
export {ChatEvents} from './chat-events';
export type {ChannelEvent, ChatEventMap} from './chat-event-map';
export {toChatUser, type Claims} from './chat-user';
export {ContactPairsService} from './contact-pairs.service';
export {
  ContactRequestService,
  type ContactRequestDraft,
} from './contact-request.service';
export {
  ContactService,
  type ContactPage,
  type ContactUpdate,
  type ContactView,
} from './contact.service';
export type {InvitationAcceptor} from './invitation-acceptor';
export {MembershipService} from './membership.service';
export {
  MessageRecipientService,
  type RecipientDraft,
} from './message-recipient.service';
export {MessageRefusalService} from './message-refusal.service';
export {MessageRowsService} from './message-rows.service';
export {RowReaderService} from './row-reader.service';
export {RowVisibilityService} from './row-visibility.service';
export type {MessageDraft} from './message-draft';
export {MessageService, type SendOptions} from './message.service';
export {MessageTargetService} from './message-target.service';
export type {NotificationDraft} from './notification-draft';
export type {NotificationPage} from './notification-page';
export {
  NotificationRowsService,
  type NotifyOptions,
} from './notification-rows.service';
export {
  NotificationService,
  type CustomNotification,
  type NotificationQuery,
} from './notification.service';
export type {ListingQuery} from './listing-place';
export {SINGLE_CHANNEL_NAMESPACE, singleChannelId} from './single-channel';
export {SystemMessageService, type SystemNote} from './system-message.service';
export {
  TOKEN_USER_DIRECTORY,
  type UserDirectory,
  type UserProfile,
} from './user-directory';
export {UserDirectoryService} from './user-directory.service';
export {bearerToken, TokenService, type VerifiedToken} from './token.service';
