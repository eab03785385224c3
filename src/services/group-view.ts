import type {Channel, ChannelMember, MemberRole, SizeClass} from '../models';

/** A group as its members see it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  /** An https address, or the id of an attachment. */
  readonly avatar?: string;
  readonly type: SizeClass;
  readonly ownerId: string;
  readonly memberCount: number;
  readonly messageSeq: number;
  readonly changeSeq: number;
  readonly createdBy: string;
  readonly createdOn?: Date;
  /** Only where they were asked for. */
  readonly members?: GroupMember[];
}

/** One member of a group, as the others see it. */
export interface GroupMember {
  readonly userId: string;
  readonly role: MemberRole;
  readonly receivedSeq: number;
  readonly readSeq: number;
  /** When the user became a member, the last time. */
  readonly since?: Date;
}

/** The order of members, and of a user's groups: who came first is first. */
export const BY_AGE = ['createdOn ASC', 'id ASC'];

/** Makes of a channel what its members see. */
export function toGroup(channel: Channel, memberCount: number): Group {
  const {id, name = '', avatar, sizeClass = 'basic', ownerId = ''} = channel;
  const {messageSeq, changeSeq, createdBy = '', createdOn} = channel;
  return {
    ...{id, name, avatar: avatar ?? undefined, type: sizeClass, ownerId},
    ...{memberCount, messageSeq, changeSeq, createdBy, createdOn},
  };
}

/** Makes of a membership what the other members see. */
export function toGroupMember(row: ChannelMember): GroupMember {
  const {userId, role, receivedSeq, readSeq, createdOn: since} = row;
  return {userId, role, receivedSeq, readSeq, since};
}
