import {
  ChannelChangeKind,
  type WireChannel,
  type WireChannelChange,
  type WireMessage,
} from '../protocol';

type Member = NonNullable<WireChannel['members']>[number];

const {UPDATED, MEMBER_ADDED, MEMBER_REMOVED, MEMBER_ROLE} = ChannelChangeKind;

/** The user's channels as they are, as far as this client was told. */
export class ChannelStates {
  private readonly channels = new Map<string, WireChannel>();

  get all(): ReadonlyMap<string, WireChannel> {
    return this.channels;
  }

  /**
   * Takes a channel as the server tells it; members that it leaves out stay.
   * @returns what is new about it
   */
  replace(channel: WireChannel): 'added' | 'updated' | undefined {
    const {id = ''} = channel;
    const known = this.channels.get(id);
    const members = channel.members ?? known?.members;
    this.channels.set(id, {
      ...channel,
      ...(known && countersAfter(known, channel)),
      ...(members && {members}),
    });
    if (!known) return 'added';
    const isSame =
      !channel.members &&
      (['name', 'avatar', 'ownerId'] as const).every(
        field => known[field] === channel[field],
      );
    return isSame ? undefined : 'updated';
  }

  /** @returns the channel as it was */
  remove(channelId: string): WireChannel | undefined {
    const known = this.channels.get(channelId);
    this.channels.delete(channelId);
    return known;
  }

  /** Notes a new message. */
  addMessage(message: WireMessage, isOwn: boolean): void {
    const {channelId = '', seq = 0, changeSeq = 0} = message;
    this.change(channelId, ({messageSeq = 0, readSeq = 0, unread = 0}) => {
      const isUnread = !isOwn && !message.deleted && seq > readSeq;
      if (seq <= messageSeq) return {};
      const counts = {messageSeq: seq, unread: unread + (isUnread ? 1 : 0)};
      return {...counts, changeSeq, lastMessage: message};
    });
  }

  /** Notes how far the user has read. */
  read(channelId: string, seq: number): void {
    this.change(channelId, ({messageSeq = 0, readSeq = 0, unread = 0}) => ({
      readSeq: Math.max(readSeq, seq),
      unread: Math.min(unread, Math.max(0, messageSeq - seq)),
    }));
  }

  /** Notes a change of the channel, its members or their roles. */
  apply({channelId = '', ...change}: WireChannelChange): void {
    this.change(channelId, known => ({
      ...partOf(change),
      ...(known.members && {members: membersAfter(known.members, change)}),
    }));
  }

  private change(
    channelId: string,
    toFields: (known: WireChannel) => WireChannel,
  ): void {
    const known = this.channels.get(channelId);
    if (known) this.channels.set(channelId, {...known, ...toFields(known)});
  }
}

/** What was counted here may be newer than an answer that was under way. */
function countersAfter(known: WireChannel, told: WireChannel): WireChannel {
  if ((known.changeSeq ?? 0) <= (told.changeSeq ?? 0)) return {};
  const {messageSeq, changeSeq, unread, lastMessage} = known;
  return {messageSeq, changeSeq, unread, lastMessage};
}

function partOf({kind, channel, changeSeq}: WireChannelChange): WireChannel {
  if (kind !== UPDATED) return {changeSeq};
  const {name, avatar, ownerId} = channel ?? {};
  return {
    changeSeq,
    ...(name !== undefined && {name}),
    ...(avatar !== undefined && {avatar}),
    ...(ownerId !== undefined && {ownerId}),
  };
}

function membersAfter(
  members: Member[],
  {kind, userIds = [], role}: WireChannelChange,
): Member[] {
  const others = members.filter(({userId = ''}) => !userIds.includes(userId));
  if (kind === MEMBER_REMOVED) return others;
  if (kind === MEMBER_ADDED) {
    return [...others, ...userIds.map(userId => ({userId, role}))];
  }
  if (kind !== MEMBER_ROLE) return members;
  return members.map(member =>
    userIds.includes(member.userId ?? '') ? {...member, role} : member,
  );
}
