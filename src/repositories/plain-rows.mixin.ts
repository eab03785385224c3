import type {Constructor} from '@loopback/core';
import type {
  Entity,
  EntityCrudRepository,
  Filter,
  FilterExcludingWhere,
  Options,
} from '@loopback/repository';

/**
 * Makes both ORMs give the same rows: a column that is NULL is a property that
 * is absent, whichever connector reads it.
 */
export function PlainRowsMixin<E extends Entity>(
  Base: Constructor<EntityCrudRepository<E, string>>,
) {
  return class extends Base {
    async find(filter?: Filter<E>, options?: Options): Promise<E[]> {
      return (await super.find(filter, options)).map(withoutNulls);
    }

    async findOne(filter?: Filter<E>, options?: Options): Promise<E | null> {
      const [row] = await this.find({...filter, limit: 1}, options);
      return row ?? null;
    }

    async findById(
      id: string,
      filter?: FilterExcludingWhere<E>,
      options?: Options,
    ): Promise<E> {
      return withoutNulls(await super.findById(id, filter, options));
    }
  };
}

function withoutNulls<E extends object>(entity: E): E {
  for (const [name, value] of Object.entries(entity)) {
    if (value === null) delete entity[name as keyof E];
  }
  return entity;
}
