import {Entity, model, property} from '@loopback/repository';

/** What an edited message said before. */
@model({name: 'chat_message_edits'})
export class MessageEdit extends Entity {
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', name: 'message_id', required: true})
  messageId: string;

  @property({type: 'string', name: 'channel_id', required: true})
  channelId: string;

  /** Number that the message had when it said this last. */
  @property({type: 'number', name: 'change_seq', required: true})
  changeSeq: number;

  @property({type: 'string', required: true})
  body: string;

  @property({type: 'string'})
  ext?: string;

  @property({type: 'date', name: 'written_on', required: true})
  writtenOn: Date;

  @property({type: 'date', name: 'replaced_on', required: true})
  replacedOn: Date;

  constructor(data?: Partial<MessageEdit>) {
    super(data);
  }
}
