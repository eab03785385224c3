import {Entity, model, property} from '@loopback/repository';

/** A role that an administrator has made. */
@model({name: 'example_roles'})
export class Role extends Entity {
  @property({type: 'string', id: true, generated: false})
  name: string;

  @property({type: 'string'})
  description?: string | null;

  /** Permission keys, as a list in JSON. */
  @property({type: 'string', required: true})
  permissions: string;

  constructor(data?: Partial<Role>) {
    super(data);
  }
}
