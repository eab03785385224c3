import {inject, type Constructor} from '@loopback/core';
import {
  DefaultCrudRepository,
  type Entity,
  type EntityCrudRepository,
  type juggler,
} from '@loopback/repository';
import {PlainRowsMixin} from '../plain-rows.mixin';
import type {ModelClass} from '../model-class';

/** Makes the class of a model's repository on juggler. */
export function jugglerRepository<E extends Entity>(
  model: ModelClass<E>,
  dataSourceName = 'chatDb',
): Constructor<EntityCrudRepository<E, string>> {
  class JugglerRepository extends PlainRowsMixin<E>(DefaultCrudRepository) {
    constructor(
      @inject(`datasources.${dataSourceName}`) dataSource: juggler.DataSource,
    ) {
      super(model, dataSource);
    }
  }
  return JugglerRepository;
}
