import {Entity, model, property} from '@loopback/repository';

/** One login that has not ended; its token is valid while this row is there. */
@model({name: 'example_sessions'})
export class Session extends Entity {
  /** The `jti` of the token. */
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', required: true, name: 'account_id'})
  accountId: string;

  @property({type: 'date', required: true, name: 'ends_on'})
  endsOn: Date;

  constructor(data?: Partial<Session>) {
    super(data);
  }
}
