import {Entity, model, property} from '@loopback/repository';

/** What a notification is about; `custom` ones are the host's own. */
export type NotificationType =
  'add_friend' | 'del_friend' | 'group_invite' | 'custom';

/** How far a notification has come; it only goes forward. */
export type NotificationStatus =
  'initial' | 'received' | 'read' | 'fulfilled' | 'rejected';

/** Something one user is told of, or asked, by another. */
@model({name: 'chat_notifications'})
export class Notification extends Entity {
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({
    type: 'string',
    required: true,
    jsonSchema: {enum: ['add_friend', 'del_friend', 'group_invite', 'custom']},
  })
  type: NotificationType;

  @property({type: 'string', name: 'sender_id', required: true})
  senderId: string;

  @property({type: 'string', name: 'receiver_id', required: true})
  receiverId: string;

  /** Of an invitation: the group. */
  @property({type: 'string', name: 'channel_id'})
  channelId?: string;

  @property({
    type: 'string',
    required: true,
    jsonSchema: {
      enum: ['initial', 'received', 'read', 'fulfilled', 'rejected'],
    },
  })
  status: NotificationStatus;

  /** Unique while the notification waits for an answer, and absent after. */
  @property({type: 'string', name: 'open_key', hidden: true})
  openKey?: string;

  @property({type: 'string'})
  remark?: string;

  /** The sender's own data; the chat does not read it. */
  @property({type: 'string'})
  ext?: string;

  @property({type: 'date', name: 'created_on', required: true})
  createdOn: Date;

  @property({type: 'date', name: 'modified_on', required: true})
  modifiedOn: Date;

  constructor(data?: Partial<Notification>) {
    super(data);
  }
}
