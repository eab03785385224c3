export {AttachmentFileJugglerRepository} from './attachment-file.juggler.repository';
export {ChannelJugglerRepository} from './channel.juggler.repository';
export {ChannelMemberJugglerRepository} from './channel-member.juggler.repository';
export {JugglerSqlRunner} from './juggler.sql-runner';
export {MessageRecipientJugglerRepository} from './message-recipient.juggler.repository';
export {MessageJugglerRepository} from './message.juggler.repository';
