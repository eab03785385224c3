export {AttachmentFile} from './attachment-file.model';
export {AuditedEntity} from './audited.entity';
export {Channel} from './channel.model';
export {ChannelMember} from './channel-member.model';
export {MessageRecipient} from './message-recipient.model';
export {
  Message,
  type MessageKind,
  type MessageRelations,
} from './message.model';
