import {ChannelChangeKind, FRAMES} from '../../protocol';
import type {ChannelEvent, ChatEventMap} from '../../services';

const SAYS_TEXT = ['text', 'system'];

/** Makes the frame of an edit. */
export function toWireEdit(event: ChatEventMap['message.edited']): Uint8Array {
  const {channelId, messageId, kind, body, changeSeq, editedOn} = event;
  const {ext, subject} = event;
  return FRAMES.MessageEdit.encode({
    ...{channelId, messageId, ext, subject, changeSeq},
    // What the message of a file says is which file it is.
    text: SAYS_TEXT.includes(kind) ? body : undefined,
    attachmentIds: [...event.attachmentIds],
    editedAt: editedOn?.getTime(),
  });
}

/** Makes the frame of a deletion. */
export function toWireDelete(
  event: ChatEventMap['message.deleted'],
): Uint8Array {
  const {channelId, messageId, changeSeq, deletedOn, actorId} = event;
  return FRAMES.MessageDelete.encode({
    ...{channelId, messageId, changeSeq},
    deletedAt: deletedOn.getTime(),
    deletedBy: actorId,
  });
}

/** Makes the frame of a reaction that came or went. */
export function toWireReaction(
  event: ChatEventMap['message.reacted'],
): Uint8Array {
  const {channelId, messageId, emoji, isRemoved, actorId, changeSeq} = event;
  return FRAMES.Reaction.encode({
    ...{channelId, messageId, emoji, changeSeq},
    removed: isRemoved,
    userId: actorId,
  });
}

/** Makes the frame of a cursor that moved. */
export function toWireCursor(event: ChatEventMap['cursor.moved']): Uint8Array {
  const {channelId, userId, isRead, readSeq, receivedSeq} = event;
  const seq = isRead ? readSeq : receivedSeq;
  return FRAMES.Cursor.encode({channelId, userId, seq});
}

/** The kinds of change of a channel, by their names on the wire. */
export type ChangeKind = Exclude<
  keyof typeof ChannelChangeKind,
  'KIND_UNSPECIFIED'
>;

/** What a change of a channel tells besides where it happened. */
export interface ChangeDetails {
  readonly userIds?: readonly string[];
  readonly role?: string;
  readonly name?: string;
  readonly avatar?: string;
}

/** Makes the frame of a change of a channel, its members or their roles. */
export function toWireChannelChange(
  kind: ChangeKind,
  event: Pick<
    ChannelEvent,
    'channelId' | 'channelType' | 'actorId' | 'changeSeq'
  >,
  {userIds = [], role, name, avatar}: ChangeDetails = {},
): Uint8Array {
  const {channelId, channelType, actorId, changeSeq} = event;
  return FRAMES.ChannelChange.encode({
    ...{channelId, changeSeq, role},
    kind: ChannelChangeKind[kind],
    actor: {id: actorId},
    userIds: [...userIds],
    channel: {id: channelId, type: channelType, changeSeq, name, avatar},
  });
}
