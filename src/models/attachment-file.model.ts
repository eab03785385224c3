import {belongsTo, model, property} from '@loopback/repository';
import {AuditedEntity} from './audited.entity';
import {Message} from './message.model';

/** What is known of a file; its bytes are in a storage, under `fileKey`. */
@model({name: 'message_files'})
export class AttachmentFile extends AuditedEntity {
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', name: 'channel_id'})
  channelId?: string;

  @property({type: 'string', name: 'file_key'})
  fileKey?: string;

  @belongsTo(() => Message, {name: 'message'}, {name: 'message_id'})
  messageId?: string;

  /** The host's own data about the file. */
  @property({type: 'object', name: 'meta_data'})
  metaData?: object;

  constructor(data?: Partial<AttachmentFile>) {
    super(data);
  }
}
