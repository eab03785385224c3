export {
  AttachmentDownload,
  type DownloadOutcome,
  type DownloadPart,
  type DownloadVariant,
} from './attachment-download.model';
export {AttachmentFile, type FileState} from './attachment-file.model';
export {AuditedEntity} from './audited.entity';
export {Channel, type SizeClass} from './channel.model';
export {ChannelMember, type MemberRole} from './channel-member.model';
export {Contact} from './contact.model';
export {JwtKey} from './jwt-key.model';
export {MessageEdit} from './message-edit.model';
export {MessageReaction} from './message-reaction.model';
export {MessageRecipient} from './message-recipient.model';
export {
  Message,
  type MessageKind,
  type MessageRelations,
} from './message.model';
export {
  Notification,
  type NotificationStatus,
  type NotificationType,
} from './notification.model';
export {RevokedToken} from './revoked-token.model';
