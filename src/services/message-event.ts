import type {Message} from '../models';
import type {ChatUser} from '../types';
import type {ChannelEvent} from './chat-event-map';

/** Makes the part of an event that is the same for all changes of messages. */
export function messageEvent(
  user: ChatUser,
  {id, channelId, channelType}: Message,
  changeSeq: number,
  origin?: string,
): ChannelEvent & {readonly messageId: string} {
  return {
    ...{channelId, channelType, changeSeq},
    ...{actorId: user.id, origin, messageId: id},
  };
}
