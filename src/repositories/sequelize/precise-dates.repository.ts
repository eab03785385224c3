import {
  EntityNotFoundError,
  type Count,
  type DataObject,
  type Entity,
  type Options,
  type PropertyDefinition,
  type Where,
} from '@loopback/repository';
import {SequelizeCrudRepository} from '@loopback/sequelize';

/** One column as Sequelize is told of it. */
interface Attribute {
  type?: {key?: string} & ((precision: number) => Attribute['type']);
}

/** Milliseconds: on MySQL Sequelize writes whole seconds unless told. */
const PRECISION = 3;

/**
 * Sequelize's repository, with dates as precise as on the other connectors, and
 * within the transaction where it forgets the options: there another connection
 * would be waited for, and see the row as it was before.
 */
export class PreciseDatesRepository<
  E extends Entity,
> extends SequelizeCrudRepository<E, string, object> {
  async exists(id: string, options?: Options): Promise<boolean> {
    return (await this.count(this.isRow(id), options)).count > 0;
  }

  async updateById(
    id: string,
    data: DataObject<E>,
    options?: Options,
  ): Promise<void> {
    const {count} = await this.updateAll(data, this.isRow(id), options);
    // MySQL counts no row that was like that already.
    if (count || (await this.exists(id, options))) return;
    throw new EntityNotFoundError(this.entityClass, id);
  }

  private isRow(id: string): Where<E> {
    return {id} as unknown as Where<E>;
  }

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
