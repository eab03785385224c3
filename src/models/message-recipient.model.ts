import {belongsTo, model, property} from '@loopback/repository';
import {AuditedEntity} from './audited.entity';
import {Message} from './message.model';

/** One user's own flags on one message. */
@model({name: 'message_recipients'})
export class MessageRecipient extends AuditedEntity {
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', name: 'channel_id', required: true})
  channelId: string;

  @property({type: 'string', name: 'recipient_id', required: true})
  recipientId: string;

  @belongsTo(
    () => Message,
    {name: 'message'},
    {name: 'message_id', required: true},
  )
  messageId: string;

  @property({type: 'boolean', name: 'is_read', default: false})
  isRead?: boolean;

  @property({type: 'boolean', name: 'is_favorite', default: false})
  isFavorite?: boolean;

  @property({type: 'boolean', name: 'is_forwarded', default: false})
  isForwarded?: boolean;

  @property({type: 'string', name: 'forwarded_by'})
  forwardedBy?: string;

  constructor(data?: Partial<MessageRecipient>) {
    super(data);
  }
}
