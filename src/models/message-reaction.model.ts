import {Entity, model, property} from '@loopback/repository';

/** One user's one emoji on one message. */
@model({name: 'chat_message_reactions'})
export class MessageReaction extends Entity {
  /** A UUID; message, user and emoji together are unique besides. */
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', name: 'message_id', required: true})
  messageId: string;

  @property({type: 'string', name: 'channel_id', required: true})
  channelId: string;

  @property({type: 'string', name: 'user_id', required: true})
  userId: string;

  @property({type: 'string', required: true})
  emoji: string;

  @property({type: 'date', name: 'created_on', required: true})
  createdOn: Date;

  constructor(data?: Partial<MessageReaction>) {
    super(data);
  }
}
