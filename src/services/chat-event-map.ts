import type {AttachmentFile, MemberRole, Notification} from '../models';
import type {NewChannel, StoredMessage} from '../repositories';
import type {ChatUser} from '../types';

/** A numbered change of a channel, and who made it. */
export interface ChannelEvent {
  readonly channelId: string;
  readonly channelType: string;
  readonly changeSeq: number;
  readonly actorId: string;
  /** The connection that made it, which knows by its ack. */
  readonly origin?: string;
}

/** What happened in the chat, told after it was stored. */
export interface ChatEventMap {
  /** A channel was made, with its first members. */
  'channel.opened': {channel: NewChannel};
  /** A channel's name or avatar was changed. */
  'channel.updated': ChannelEvent & {
    readonly name?: string;
    readonly avatar?: string;
  };
  /** A channel was deleted; `userIds` were its members. */
  'channel.deleted': ChannelEvent & {readonly userIds: readonly string[]};
  /** Users became members of a channel that was there already. */
  'member.added': ChannelEvent & {readonly userIds: readonly string[]};
  /** Users left a channel, or were removed from it by the actor. */
  'member.removed': ChannelEvent & {readonly userIds: readonly string[]};
  /** A member has another role now. */
  'member.updated': ChannelEvent & {
    readonly userIds: readonly string[];
    readonly role: MemberRole;
  };
  /** A message was stored for the first time; told in the order of `seq`. */
  'message.created': {
    readonly message: StoredMessage;
    readonly sender: ChatUser;
    /** The connection that sent it, which knows by its ack. */
    readonly origin?: string;
    /** The sender's own clock. */
    readonly timer?: string;
  };
  /** A message says something else now, or carries other files: as it is now. */
  'message.edited': ChannelEvent & {
    readonly messageId: string;
    readonly kind: string;
    readonly body: string;
    readonly ext?: string;
    readonly subject?: string;
    /** Of all files that it carries besides its body. */
    readonly attachmentIds: readonly string[];
    readonly editedOn?: Date;
  };
  /** A message was deleted; a tombstone is left. */
  'message.deleted': ChannelEvent & {
    readonly messageId: string;
    readonly deletedOn: Date;
  };
  /** The actor reacted to a message, or took a reaction back. */
  'message.reacted': ChannelEvent & {
    readonly messageId: string;
    readonly emoji: string;
    readonly isRemoved: boolean;
  };
  /** A member has received or read more of a channel than before. */
  'cursor.moved': {
    readonly channelId: string;
    readonly channelType: string;
    readonly userId: string;
    readonly receivedSeq: number;
    /** What it was before; the same when only `readSeq` moved. */
    readonly receivedBefore: number;
    readonly readSeq: number;
    /** Whether `readSeq` moved, and not `receivedSeq` only. */
    readonly isRead: boolean;
    readonly origin?: string;
  };
  /** What two users are to each other has changed: friends, or one blocks. */
  'contact.changed': {readonly userIds: readonly [string, string]};
  /** A file was stored; unless it is `quarantined`, it can be downloaded. */
  'attachment.stored': {readonly file: AttachmentFile};
  /** A scanner has passed a file, or found it infected. */
  'attachment.scanned': {readonly file: AttachmentFile};
  /** A token was taken back, by {@link TokenService.revoke}, on this node. */
  'token.revoked': {readonly userId: string};
  /** Users may do something else now; told by {@link PermissionService.changed}. */
  'permissions.changed': {readonly userIds: readonly string[]};
  /** A notification was stored. */
  'notification.created': {
    readonly notification: Notification;
    readonly sender: ChatUser;
    readonly origin?: string;
    /** The sender's own clock; nobody keeps it. */
    readonly timer?: string;
  };
  /** A notification came further. */
  'notification.updated': {
    readonly notification: Notification;
    readonly origin?: string;
  };
}
