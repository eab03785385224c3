import type {
  Count,
  DataObject,
  Entity,
  Options,
  PropertyDefinition,
  Where,
} from '@loopback/repository';
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
  /**
   * Writes all values into the text. Else Sequelize does so with those of
   * `where` only, and then takes a `$1` within them for a parameter.
   */
  async updateAll(
    data: DataObject<E>,
    where?: Where<E>,
    options?: Options,
  ): Promise<Count> {
    return super.updateAll(data, where, {...options, bindParam: false});
  }

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
