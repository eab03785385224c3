import {Entity, model, property} from '@loopback/repository';

/** One user's own view of another; a friendship is two of them. */
@model({name: 'chat_contacts'})
export class Contact extends Entity {
  /** A UUID; the pair of owner and contact is unique besides. */
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', name: 'owner_id', required: true})
  ownerId: string;

  @property({type: 'string', name: 'contact_id', required: true})
  contactId: string;

  /** A stranger may be blocked too, and is no friend by that. */
  @property({type: 'boolean', name: 'is_friend', default: false})
  isFriend: boolean;

  /** The owner's own name for the contact. */
  @property({type: 'string'})
  remark?: string;

  @property({type: 'boolean', default: false})
  starred: boolean;

  @property({type: 'boolean', default: false})
  blocked: boolean;

  @property({type: 'date', name: 'created_on', required: true})
  createdOn: Date;

  @property({type: 'date', name: 'modified_on', required: true})
  modifiedOn: Date;

  constructor(data?: Partial<Contact>) {
    super(data);
  }
}
