import {Entity, model, property} from '@loopback/repository';

/** What a member may do in a group. */
export type MemberRole = 'owner' | 'admin' | 'member';

/** One user's membership of one channel: what makes the channel visible. */
@model({name: 'chat_channel_members'})
export class ChannelMember extends Entity {
  /** A UUID; the pair of channel and user is unique besides. */
  @property({type: 'string', id: true, generated: false})
  id: string;

  @property({type: 'string', name: 'channel_id', required: true})
  channelId: string;

  @property({type: 'string', name: 'user_id', required: true})
  userId: string;

  /** The type of the channel, which never changes; kept here to list by it. */
  @property({type: 'string', name: 'channel_type', required: true})
  channelType: string;

  @property({type: 'string', default: 'member'})
  role: MemberRole;

  @property({type: 'number', name: 'received_seq', default: 0})
  receivedSeq: number;

  @property({type: 'number', name: 'read_seq', default: 0})
  readSeq: number;

  @property({type: 'boolean', default: false})
  muted?: boolean;

  @property({type: 'boolean', default: false})
  pinned?: boolean;

  @property({type: 'date', name: 'created_on'})
  createdOn?: Date;

  constructor(data?: Partial<ChannelMember>) {
    super(data);
  }
}
