export {AttachmentFileSequelizeRepository} from './attachment-file.sequelize.repository';
export {ChannelSequelizeRepository} from './channel.sequelize.repository';
export {ChannelMemberSequelizeRepository} from './channel-member.sequelize.repository';
export {SequelizeSqlRunner} from './sequelize.sql-runner';
export {MessageRecipientSequelizeRepository} from './message-recipient.sequelize.repository';
export {MessageSequelizeRepository} from './message.sequelize.repository';
