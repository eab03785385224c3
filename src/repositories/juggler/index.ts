export {jugglerRepository} from './juggler.repository';
export {JugglerSqlRunner} from './juggler.sql-runner';
