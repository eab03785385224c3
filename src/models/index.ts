export {AuditedEntity} from './audited.entity';
export {Channel} from './channel.model';
export {ChannelMember} from './channel-member.model';
export {Message, MessageKind, MessageRelations} from './message.model';
