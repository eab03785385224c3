import {
  ChatEvent,
  FRAMES,
  type WireChannelChange,
  type WireMessage,
} from '../protocol';
import type {Emitter} from './emitter';

/** What a frame says, and how it is told. */
export interface Incoming {
  readonly channelId: string;
  /** 0 when it is no numbered change. */
  readonly changeSeq: number;
  /** Which message it is about, if any. */
  readonly messageId?: string;
  readonly message?: WireMessage;
  readonly change?: WireChannelChange;
  /** Tells the listeners. @returns false when one of them failed */
  tell(emitter: Emitter): boolean;
}

type Reader = (bytes: Uint8Array) => Incoming;

interface Numbered {
  readonly channelId?: string;
  readonly changeSeq?: number;
  readonly messageId?: string;
}

const placeOf = ({channelId = '', changeSeq = 0, messageId}: Numbered) => ({
  channelId,
  changeSeq,
  messageId,
});

const readMessage: Reader = bytes => {
  const message = FRAMES.Message.decode(bytes);
  // Who wrote it is known to whoever takes it in, so that one tells it.
  const {id: messageId} = message;
  return {...placeOf(message), messageId, message, tell: () => true};
};

/** How the frames are read that are part of a channel's history. */
export const INCOMING = {
  [ChatEvent.MessageText]: readMessage,
  [ChatEvent.MessageImage]: readMessage,
  [ChatEvent.MessageVideo]: readMessage,
  [ChatEvent.MessageAudio]: readMessage,
  [ChatEvent.MessageFile]: readMessage,
  [ChatEvent.MessageSystem]: readMessage,
  [ChatEvent.MessageEdit]: bytes => {
    const edit = FRAMES.MessageEdit.decode(bytes);
    return {...placeOf(edit), tell: emitter => emitter.emit('edit', edit)};
  },
  [ChatEvent.MessageDelete]: bytes => {
    const deletion = FRAMES.MessageDelete.decode(bytes);
    return {
      ...placeOf(deletion),
      tell: emitter => emitter.emit('delete', deletion),
    };
  },
  [ChatEvent.MessageReaction]: bytes => {
    const reaction = FRAMES.Reaction.decode(bytes);
    return {
      ...placeOf(reaction),
      tell: emitter => emitter.emit('reaction', reaction),
    };
  },
  [ChatEvent.Channel]: bytes => {
    const change = FRAMES.ChannelChange.decode(bytes);
    return {...placeOf(change), change, tell: () => true};
  },
} satisfies Record<string, Reader>;

/** The name of an event that is part of a channel's history. */
export type IncomingEvent = keyof typeof INCOMING;
