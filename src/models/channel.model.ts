import {Entity, model, property} from '@loopback/repository';

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

  @property({type: 'string', name: 'created_by'})
  createdBy?: string;

  @property({type: 'date', name: 'created_on'})
  createdOn?: Date;

  constructor(data?: Partial<Channel>) {
    super(data);
  }
}
