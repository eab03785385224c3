export {AcquaintanceService} from './acquaintance.service';
export {AttachmentFileService} from './attachment-file.service';
export {AttachmentSweeperObserver} from './attachments/attachment-sweeper.observer';
export {
  AttachmentSweeperService,
  SWEEPER_ACTOR,
  type FileSweepCounts,
} from './attachments/attachment-sweeper.service';
export {FileRemoverService} from './attachments/file-remover.service';
export {AttachmentObserver} from './attachments/attachment.observer';
export {AttachmentUploadService} from './attachments/attachment-upload.service';
export type {
  AttachmentScanner,
  ScannedFile,
} from './attachments/attachment-scanner';
export type {IncomingFile, UploadForm} from './attachments/upload-form';
export {AttachmentDownloadService} from './attachments/attachment-download.service';
export {
  DownloadListing,
  type DownloadPage,
} from './attachments/download-listing';
export {DownloadListingService} from './attachments/download-listing.service';
export {DownloadOffer, type Disposition} from './attachments/download-offer';
export type {DownloadSelection} from './attachments/download-query';
export type {DownloadTrace} from './attachments/download-trace';
export {
  DOWNLOADS_GROUP,
  DownloadsObserver,
} from './attachments/downloads.observer';
export type {DownloadEnd, OpenDownload} from './attachments/open-download';
export {OPEN_CHANNEL_ACCESS, type ChannelAccess} from './channel-access';
export {
  ChangeReader,
  type ChannelChanges,
  type ChannelMessage,
} from './change-reader';
export {
  ChannelService,
  type ChannelPage,
  type MemberCursor,
} from './channel.service';
export {asChatError} from './chat-error';
export type {ChannelView} from '../repositories';
export {ChatEvents} from './chat-events';
export type {ChannelEvent, ChatEventMap} from './chat-event-map';
export {profileOf, toChatUser, type Claims} from './identity/chat-user';
export {isUuid} from './input-rules';
export {JsonText} from './json-text';
export {GroupAccessService} from './group-access.service';
export type {GroupDraft, GroupUpdate} from './group-draft';
export {GroupMemberService} from './group-member.service';
export {GroupOpeningService} from './group-opening.service';
export {GroupReaderService} from './group-reader.service';
export {GroupRosterService} from './group-roster.service';
export {GroupService} from './group.service';
export type {Group, GroupMember} from './group-view';
export {DraftReferencesService} from './draft-references.service';
export {ForwardMarkService} from './forward-mark.service';
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
export {MessageBulkService} from './message-bulk.service';
export {
  MessageChangeService,
  type ChangeOptions,
  type EditPage,
  type FormerVersion,
  type MessageEditDraft,
} from './message-change.service';
export {
  MessageReactionService,
  type ReactionDraft,
  type ReactionGroup,
} from './message-reaction.service';
export {
  MessageRecipientService,
  type RecipientDraft,
} from './message-recipient.service';
export {MessageRefusalService} from './message-refusal.service';
export {MessageRowsService} from './message-rows.service';
export {ReceiptService, type Cursor, type Receipt} from './receipt.service';
export {RecipientWriter} from './recipient-writer';
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
export {
  MessageStandingService,
  type ChangePlace,
  type MessageRef,
} from './message-standing.service';
export {MessageWriterService} from './message-writer.service';
export type {MessageDraft} from './message-draft';
export {MessageService, type SendOptions} from './message.service';
export {MessageTargetService} from './message-target.service';
export {
  isSingleChannelId,
  normalizedChannelId,
  SINGLE_CHANNEL_NAMESPACE,
  singleChannelId,
} from './single-channel';
export {
  SearchService,
  type Highlight,
  type MessageQuery,
  type SearchHit,
  type SearchPage,
} from './search.service';
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
export {
  SyncService,
  type ChannelCursor,
  type SyncAnswer,
  type SyncRequest,
} from './sync.service';
export {SystemMessageService, type SystemNote} from './system-message.service';
export type {ErasureCounts} from './user-data/erasure';
export {UserDataService} from './user-data/user-data.service';
export {
  TOKEN_USER_DIRECTORY,
  type UserDirectory,
  type UserProfile,
} from './user-directory';
export {UserDirectoryService} from './user-directory.service';
export {
  bearerToken,
  TokenService,
  type VerifiedToken,
} from './identity/token.service';
export {SharedCache, type CacheEntry} from './cache/shared-cache';
export {RepeatedRun} from './repeated-run';
export {RevocationService} from './identity/revocation.service';
export {RevokedTokensProvider} from './identity/revoked-tokens.provider';
export type {SharedKeys} from './shared/shared-keys';
export {PermissionService} from './identity/permission.service';
export {
  TOKEN_PERMISSIONS,
  type GrantedPermissions,
  type PermissionOverride,
  type PermissionSource,
} from './identity/permission-source';
export {within} from './within';
