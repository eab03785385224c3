import {Entity, model, property} from '@loopback/repository';

/** How large a group may grow. */
export type SizeClass = 'basic' | 'big';

/** A conversation: `single`, `group`, or a host's own type such as `task`. */
@model({name: 'chat_channels'})
export class Channel extends Entity {
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', required: true})
  type: string;

  /** Number of the newest message; raised in the transaction that inserts it. */
  @property({type: 'number', name: 'message_seq', default: 0})
  messageSeq: number;

  /** Number of the newest change of any kind. */
  @property({type: 'number', name: 'change_seq', default: 0})
  changeSeq: number;

  /** Number of the newest change of members, roles or properties. */
  @property({type: 'number', name: 'roster_change_seq', default: 0})
  rosterChangeSeq: number;

  @property({type: 'string'})
  name?: string;

  /** An address, or the id of an attachment. */
  @property({type: 'string'})
  avatar?: string;

  /** Of a group: how many members it may have. */
  @property({type: 'string', name: 'size_class'})
  sizeClass?: SizeClass;

  @property({type: 'string', name: 'owner_id'})
  ownerId?: string;

  /** When the newest message was written, or the channel was made. */
  @property({type: 'date', name: 'active_on'})
  activeOn?: Date;

  @property({type: 'boolean', default: false})
  deleted?: boolean;

  @property({type: 'string', name: 'deleted_by'})
  deletedBy?: string;

  @property({type: 'date', name: 'deleted_on'})
  deletedOn?: Date;

  @property({type: 'string', name: 'created_by'})
  createdBy?: string;

  @property({type: 'date', name: 'created_on'})
  createdOn?: Date;

  constructor(data?: Partial<Channel>) {
    super(data);
  }
}
