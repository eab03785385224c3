import {
  ChannelChangeKind,
  type WireChannel,
  type WireChannelChange,
  type WireCursor,
  type WireMessage,
} from '../protocol';

type Member = NonNullable<WireChannel['members']>[number];

/** That a member has come further. */
export interface CursorMove {
  readonly event: 'received' | 'read';
  readonly cursor: WireCursor;
}

/** What is new about a channel. */
export interface ChannelNews {
  readonly kind?: 'added' | 'updated';
  /** Of members who were known before. */
  readonly moves: readonly CursorMove[];
}

/** What a channel is called. */
const NAMES = ['name', 'avatar', 'ownerId'] as const;

const {UPDATED, MEMBER_ADDED, MEMBER_REMOVED, MEMBER_ROLE} = ChannelChangeKind;

/** The user's channels as they are, as far as this client was told. */
export class ChannelStates {
  private readonly channels = new Map<string, WireChannel>();

  get all(): ReadonlyMap<string, WireChannel> {
    return this.channels;
  }

  /** Takes a channel as the server tells it; members that it leaves out stay. */
  replace(channel: WireChannel, ownId?: string): ChannelNews {
    const {id = ''} = channel;
    const known = this.channels.get(id);
    const roster = channel.members?.length ? channel.members : known?.members;
    const members = roster && furthest(roster, known?.members);
    const told = {...channel, ...(members && {members})};
    const now = known ? newer(known, told) : told;
    this.channels.set(id, now);
    if (!known) return {kind: 'added', moves: []};
    const isSame =
      isSameRoster(now.members, known.members) &&
      NAMES.every(field => known[field] === now[field]);
    const moves = movesOf(now, known, ownId);
    return isSame ? {moves} : {kind: 'updated', moves};
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

  /** Notes how far a member has come. */
  moveCursor(channelId: string, cursor: Member): void {
    this.change(channelId, ({members}) => ({
      ...(members && {
        members: members.map(member =>
          member.userId === cursor.userId ? further(member, cursor) : member,
        ),
      }),
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

/** Of a member nothing moves back: what was told live may be newer. */
function furthest(told: Member[], known: readonly Member[] = []): Member[] {
  const byId = new Map(known.map(member => [member.userId, member]));
  return told.map(member => further(member, byId.get(member.userId) ?? {}));
}

function further(member: Member, {receivedSeq = 0, readSeq = 0}: Member) {
  return {
    ...member,
    receivedSeq: Math.max(member.receivedSeq ?? 0, receivedSeq, readSeq),
    readSeq: Math.max(member.readSeq ?? 0, readSeq),
  };
}

function isSameRoster(one: Member[] = [], other: Member[] = []): boolean {
  const roles = new Map(other.map(({userId, role}) => [userId, role]));
  return (
    one.length === other.length &&
    one.every(({userId, role}) => roles.get(userId) === role)
  );
}

/** What this device itself has received and read is no news. */
function movesOf(
  {id: channelId, members = [], readSeq}: WireChannel,
  known: WireChannel,
  ownId?: string,
): CursorMove[] {
  const byId = new Map(known.members?.map(each => [each.userId, each]));
  const others = members.filter(({userId}) => userId !== ownId);
  const moves = others.flatMap(({userId, ...now}) => {
    const before = byId.get(userId);
    const move = (event: CursorMove['event'], from = 0, seq = 0) =>
      before && seq > from ? [{event, cursor: {channelId, userId, seq}}] : [];
    return [
      ...move('received', before?.receivedSeq, now.receivedSeq),
      ...move('read', before?.readSeq, now.readSeq),
    ];
  });
  const isOwn = ownId !== undefined && (readSeq ?? 0) > (known.readSeq ?? 0);
  if (!isOwn) return moves;
  const own = {channelId, userId: ownId, seq: readSeq};
  return [...moves, {event: 'read', cursor: own}];
}

/** What was told live may be newer than an answer that was under way. */
function newer(known: WireChannel, told: WireChannel): WireChannel {
  const readSeq = Math.max(known.readSeq ?? 0, told.readSeq ?? 0);
  const receivedSeq = Math.max(known.receivedSeq ?? 0, told.receivedSeq ?? 0);
  const isOlder = (known.changeSeq ?? 0) > (told.changeSeq ?? 0);
  const {messageSeq = 0, unread = 0} = isOlder ? known : told;
  const cursors = {
    ...{readSeq, receivedSeq},
    unread: Math.min(unread, Math.max(0, messageSeq - readSeq)),
  };
  if (!isOlder) {
    const isSame = told.messageSeq === known.messageSeq;
    const lastMessage = told.lastMessage ?? (isSame && known.lastMessage);
    return {...told, ...cursors, ...(lastMessage && {lastMessage})};
  }
  const members = known.members
    ? furthest(known.members, told.members)
    : told.members;
  return {...told, ...known, ...cursors, ...(members && {members})};
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
