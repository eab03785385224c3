import {Entity, model, property} from '@loopback/repository';

/** Someone who can log in. */
@model({name: 'example_accounts'})
export class Account extends Entity {
  /** A UUID; what the chat knows a user by. */
  @property({type: 'string', id: true, generated: false})
  id: string;

  /** As its owner writes it. */
  @property({type: 'string', required: true})
  account: string;

  /** Unique; the same for spellings that differ in case alone. */
  @property({type: 'string', required: true, name: 'account_key'})
  accountKey: string;

  @property({type: 'string', required: true, name: 'password_hash'})
  passwordHash: string;

  @property({type: 'string'})
  avatar?: string | null;

  @property({type: 'string'})
  email?: string | null;

  @property({type: 'date', required: true, name: 'created_on'})
  createdOn: Date;

  constructor(data?: Partial<Account>) {
    super(data);
  }
}
