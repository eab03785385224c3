import type {Entity, PropertyDefinition} from '@loopback/repository';
import {SequelizeCrudRepository} from '@loopback/sequelize';

/** One column as Sequelize is told of it. */
interface Attribute {
  type?: {key?: string} & ((precision: number) => Attribute['type']);
}

/** Milliseconds: on MySQL Sequelize writes whole seconds unless told. */
const PRECISION = 3;

/** Sequelize's repository, with dates as precise as on the other connectors. */
export class PreciseDatesRepository<
  E extends Entity,
> extends SequelizeCrudRepository<E, string, object> {
  protected getSequelizeModelAttributes(definition: {
    [name: string]: PropertyDefinition;
  }) {
    const attributes = super.getSequelizeModelAttributes(definition);
    for (const attribute of Object.values(attributes) as Attribute[]) {
      if (attribute.type?.key === 'DATE') {
        attribute.type = attribute.type(PRECISION);
      }
    }
    return attributes;
  }
}
