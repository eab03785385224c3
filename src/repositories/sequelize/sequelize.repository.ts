import {inject, type Constructor} from '@loopback/core';
import type {Entity, EntityCrudRepository} from '@loopback/repository';
import type {SequelizeDataSource} from '@loopback/sequelize';
import type {ModelClass} from '../model-class';
import {PlainRowsMixin} from '../plain-rows.mixin';
import {PreciseDatesRepository} from './precise-dates.repository';

/** Makes the class of a model's repository on Sequelize. */
export function sequelizeRepository<E extends Entity>(
  model: ModelClass<E>,
  dataSourceName = 'chatDb',
): Constructor<EntityCrudRepository<E, string>> {
  class SequelizeRepository extends PlainRowsMixin<E>(PreciseDatesRepository) {
    constructor(
      @inject(`datasources.${dataSourceName}`) dataSource: SequelizeDataSource,
    ) {
      super(model, dataSource);
    }
  }
  return SequelizeRepository;
}
