import {inject} from '@loopback/core';
import {
  DefaultCrudRepository,
  type EntityCrudRepository,
  type Filter,
  type juggler,
} from '@loopback/repository';
import {
  SequelizeCrudRepository,
  type SequelizeDataSource,
} from '@loopback/sequelize';
import {Account} from './account.model';

/** The accounts in the chat's database, whichever ORM reads it. */
export type AccountRepository = EntityCrudRepository<Account, string> & {
  findOne(filter: Filter<Account>): Promise<Account | null>;
};

/** {@link AccountRepository} on juggler. */
export class AccountJugglerRepository extends DefaultCrudRepository<
  Account,
  string
> {
  constructor(@inject('datasources.chatDb') dataSource: juggler.DataSource) {
    super(Account, dataSource);
  }
}

/** {@link AccountRepository} on Sequelize. */
export class AccountSequelizeRepository extends SequelizeCrudRepository<
  Account,
  string
> {
  constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
    super(Account, dataSource);
  }
}
