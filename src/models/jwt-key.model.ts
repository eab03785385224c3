import {Entity, model, property} from '@loopback/repository';

/**
 * A public key of the ancestor's authentication service, in a database of its own.
 * Its private part is in the same row, and is not read.
 */
@model({name: 'jwt_keys'})
export class JwtKey extends Entity {
  @property({type: 'number', id: true})
  id: number;

  @property({type: 'string', name: 'key_id', required: true})
  keyId: string;

  /** PEM. */
  @property({type: 'string', name: 'public_key', required: true})
  publicKey: string;
}
