import {MessageSession, type WireMessage} from '../protocol';

/** Who gets a message: a user, a group, or a channel of any type. */
export type Target =
  | {readonly user: string}
  | {readonly group: string}
  | {
      readonly channel: string;
      /** Of a channel of the host's own that may not be there yet. */
      readonly type?: string;
    };

/** Gives the fields of a frame that say who gets it. */
export function addressOf(to: Target): WireMessage {
  if ('user' in to) {
    return {session: MessageSession.SINGLE, receiver: to.user};
  }
  if ('group' in to) {
    return {session: MessageSession.GROUP, receiver: to.group};
  }
  return {
    session: MessageSession.CHANNEL,
    receiver: to.channel,
    channelType: to.type,
  };
}

/** Names who gets an answer to a message: those who got the message. */
export function targetOf(message: WireMessage, ownId?: string): Target {
  const {session, sender, receiver = '', channelId = ''} = message;
  if (session === MessageSession.SINGLE) {
    return {user: sender?.id === ownId ? receiver : (sender?.id ?? '')};
  }
  return session === MessageSession.GROUP
    ? {group: channelId || receiver}
    : {channel: channelId || receiver, type: message.channelType};
}
