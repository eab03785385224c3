export {sequelizeRepository} from './sequelize.repository';
export {SequelizeSqlRunner} from './sequelize.sql-runner';
