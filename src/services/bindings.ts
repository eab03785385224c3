import {createBindingFromClass, type Binding} from '@loopback/core';
import {AttachmentFileService} from './attachment-file.service';
import {ChatEvents} from './chat-events';
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
import {MessageRowsService} from './message-rows.service';
import {MessageStandingService} from './message-standing.service';
import {MessageTargetService} from './message-target.service';
import {MessageWriterService} from './message-writer.service';
import {MessageService} from './message.service';
import {RowReaderService} from './row-reader.service';
import {RowVisibilityService} from './row-visibility.service';
import {SystemMessageService} from './system-message.service';
import {TokenService} from './token.service';
import {ChangeReader} from './change-reader';
import {ChannelService} from './channel.service';
import {ReceiptService} from './receipt.service';
import {RecipientWriter} from './recipient-writer';
import {SyncService} from './sync.service';
import {SearchService} from './search.service';
import {NotificationService} from './notification.service';
import {ContactService} from './contact.service';
import {ContactRequestService} from './contact-request.service';
import {ContactPairsService} from './contact-pairs.service';
import {NotificationRowsService} from './notification-rows.service';
import {UserDirectoryService} from './user-directory.service';
import {MessageRefusalService} from './message-refusal.service';

const PARTS = {
  messageRefusalService: MessageRefusalService,
  userDirectoryService: UserDirectoryService,
  notificationRowsService: NotificationRowsService,
  contactPairsService: ContactPairsService,
  contactRequestService: ContactRequestService,
  contactService: ContactService,
  notificationService: NotificationService,
  searchService: SearchService,
  syncService: SyncService,
  recipientWriter: RecipientWriter,
  receiptService: ReceiptService,
  channelService: ChannelService,
  changeReader: ChangeReader,
  events: ChatEvents,
  attachmentFileService: AttachmentFileService,
  draftReferencesService: DraftReferencesService,
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
  messageRowsService: MessageRowsService,
  messageService: MessageService,
  messageStandingService: MessageStandingService,
  messageTargetService: MessageTargetService,
  messageWriterService: MessageWriterService,
  rowReaderService: RowReaderService,
  rowVisibilityService: RowVisibilityService,
  systemMessageService: SystemMessageService,
  tokenService: TokenService,
};

/** Makes the bindings of the services for one application. */
export function serviceBindings(): Binding[] {
  return Object.entries(PARTS).map(([name, part]) =>
    createBindingFromClass<unknown>(part, {key: `chat.${name}`}),
  );
}
