export {ChannelSequelizeRepository} from './channel.sequelize.repository';
export {ChannelMemberSequelizeRepository} from './channel-member.sequelize.repository';
export {SequelizeSqlRunner} from './sequelize.sql-runner';
export {MessageSequelizeRepository} from './message.sequelize.repository';
