import {inject, type Constructor} from '@loopback/core';
import {
  DefaultCrudRepository,
  type Entity,
  type EntityCrudRepository,
  type Filter,
  type juggler,
} from '@loopback/repository';
import {
  SequelizeCrudRepository,
  type SequelizeDataSource,
} from '@loopback/sequelize';

/** Rows of the accounts in the chat's database, whichever ORM reads them. */
export type Rows<E extends Entity> = EntityCrudRepository<E, string> & {
  findOne(filter: Filter<E>): Promise<E | null>;
};

type ModelClass<E extends Entity> = typeof Entity & {prototype: E};

/** Makes the class of a model's repository in one of the two ORMs. */
export function rowsOf<E extends Entity>(
  model: ModelClass<E>,
  useSequelize: boolean,
): Constructor<Rows<E>> {
  class JugglerRows extends DefaultCrudRepository<E, string> {
    constructor(@inject('datasources.chatDb') dataSource: juggler.DataSource) {
      super(model, dataSource);
    }
  }
  class SequelizeRows extends SequelizeCrudRepository<E, string> {
    constructor(@inject('datasources.chatDb') dataSource: SequelizeDataSource) {
      super(model, dataSource);
    }
  }
  return useSequelize ? SequelizeRows : JugglerRows;
}
