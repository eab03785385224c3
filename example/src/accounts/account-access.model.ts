import {Entity, model, property} from '@loopback/repository';

/** What an account may do, where it is not what any account may. */
@model({name: 'example_account_access'})
export class AccountAccess extends Entity {
  @property({type: 'string', id: true, generated: false, name: 'account_id'})
  accountId: string;

  /** Names of roles, as a list in JSON. */
  @property({type: 'string', required: true})
  roles: string;

  /** `{permission, allowed}`, as a list in JSON. */
  @property({type: 'string', required: true})
  overrides: string;

  constructor(data?: Partial<AccountAccess>) {
    super(data);
  }
}
