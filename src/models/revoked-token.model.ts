import {Entity, model, property} from '@loopback/repository';

/** A token that was taken back, as the ancestor's services keep it. */
@model({name: 'RevokedToken'})
export class RevokedToken extends Entity {
  @property({type: 'string', id: true, required: true})
  token: string;

  constructor(data?: Partial<RevokedToken>) {
    super(data);
  }
}
