export {ChannelJugglerRepository} from './channel.juggler.repository';
export {ChannelMemberJugglerRepository} from './channel-member.juggler.repository';
export {JugglerSqlRunner} from './juggler.sql-runner';
export {MessageJugglerRepository} from './message.juggler.repository';
