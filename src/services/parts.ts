import {AcquaintanceService} from './acquaintance.service';
import {AttachmentFileService} from './attachment-file.service';
import {AttachmentSweeperService} from './attachments/attachment-sweeper.service';
import {FileRemoverService} from './attachments/file-remover.service';
import {AttachmentPlaceService} from './attachments/attachment-place.service';
import {AttachmentUploadService} from './attachments/attachment-upload.service';
import {ScanService} from './attachments/scan.service';
import {ThumbnailService} from './attachments/thumbnail.service';
import {UploadPlaceService} from './attachments/upload-place.service';
import {UploadTurns} from './attachments/upload-turns';
import {AttachmentAccessService} from './attachments/attachment-access.service';
import {CarriedFilesService} from './attachments/carried-files.service';
import {AttachmentDownloadService} from './attachments/attachment-download.service';
import {AttachmentLinkService} from './attachments/attachment-link.service';
import {DownloadAuditService} from './attachments/download-audit.service';
import {DownloadListingService} from './attachments/download-listing.service';
import {CacheCounter} from './cache/cache-counter';
import {SharedCache} from './cache/shared-cache';
import {ChangeReader} from './change-reader';
import {ChannelService} from './channel.service';
import {ChatEvents} from './chat-events';
import {ContactPairsService} from './contact-pairs.service';
import {ContactRequestService} from './contact-request.service';
import {ContactService} from './contact.service';
import {DraftReferencesService} from './draft-references.service';
import {ForwardMarkService} from './forward-mark.service';
import {GroupAccessService} from './group-access.service';
import {GroupMemberService} from './group-member.service';
import {GroupOpeningService} from './group-opening.service';
import {GroupReaderService} from './group-reader.service';
import {GroupRosterService} from './group-roster.service';
import {GroupService} from './group.service';
import {MembershipService} from './membership.service';
import {MessageBulkService} from './message-bulk.service';
import {MessageChangeService} from './message-change.service';
import {MessageReactionService} from './message-reaction.service';
import {MessageRecipientService} from './message-recipient.service';
import {MessageRefusalService} from './message-refusal.service';
import {MessageRowsService} from './message-rows.service';
import {MessageStandingService} from './message-standing.service';
import {MessageTargetService} from './message-target.service';
import {MessageWriterService} from './message-writer.service';
import {MessageService} from './message.service';
import {NotificationRowsService} from './notification-rows.service';
import {NotificationService} from './notification.service';
import {ReceiptService} from './receipt.service';
import {RecipientWriter} from './recipient-writer';
import {RetentionService} from './retention/retention.service';
import {RowReaderService} from './row-reader.service';
import {RowVisibilityService} from './row-visibility.service';
import {SearchService} from './search.service';
import {SyncService} from './sync.service';
import {SystemMessageService} from './system-message.service';
import {PermissionService} from './identity/permission.service';
import {RevocationService} from './identity/revocation.service';
import {TokenService} from './identity/token.service';
import {UserDirectoryService} from './user-directory.service';

/** The services of one application, each bound as `chat.<name>`. */
export const SERVICE_PARTS = {
  acquaintanceService: AcquaintanceService,
  attachmentAccessService: AttachmentAccessService,
  attachmentDownloadService: AttachmentDownloadService,
  attachmentFileService: AttachmentFileService,
  attachmentSweeperService: AttachmentSweeperService,
  attachmentPlaceService: AttachmentPlaceService,
  attachmentUploadService: AttachmentUploadService,
  attachmentLinkService: AttachmentLinkService,
  carriedFilesService: CarriedFilesService,
  cache: SharedCache,
  cacheCounter: CacheCounter,
  changeReader: ChangeReader,
  channelService: ChannelService,
  contactPairsService: ContactPairsService,
  contactRequestService: ContactRequestService,
  contactService: ContactService,
  downloadAuditService: DownloadAuditService,
  downloadListingService: DownloadListingService,
  draftReferencesService: DraftReferencesService,
  events: ChatEvents,
  fileRemoverService: FileRemoverService,
  forwardMarkService: ForwardMarkService,
  groupAccessService: GroupAccessService,
  groupMemberService: GroupMemberService,
  groupOpeningService: GroupOpeningService,
  groupReaderService: GroupReaderService,
  groupRosterService: GroupRosterService,
  groupService: GroupService,
  membershipService: MembershipService,
  messageBulkService: MessageBulkService,
  messageChangeService: MessageChangeService,
  messageReactionService: MessageReactionService,
  messageRecipientService: MessageRecipientService,
  messageRefusalService: MessageRefusalService,
  messageRowsService: MessageRowsService,
  messageService: MessageService,
  messageStandingService: MessageStandingService,
  messageTargetService: MessageTargetService,
  messageWriterService: MessageWriterService,
  notificationRowsService: NotificationRowsService,
  notificationService: NotificationService,
  permissionService: PermissionService,
  receiptService: ReceiptService,
  recipientWriter: RecipientWriter,
  retentionService: RetentionService,
  revocationService: RevocationService,
  rowReaderService: RowReaderService,
  rowVisibilityService: RowVisibilityService,
  scanService: ScanService,
  searchService: SearchService,
  syncService: SyncService,
  systemMessageService: SystemMessageService,
  thumbnailService: ThumbnailService,
  tokenService: TokenService,
  uploadPlaceService: UploadPlaceService,
  uploadTurns: UploadTurns,
  userDirectoryService: UserDirectoryService,
};
