import {Entity, model, property} from '@loopback/repository';

/** A permission key that an administrator has made. */
@model({name: 'example_permissions'})
export class Permission extends Entity {
  @property({type: 'string', id: true, generated: false})
  name: string;

  @property({type: 'string'})
  description?: string | null;

  constructor(data?: Partial<Permission>) {
    super(data);
  }
}
