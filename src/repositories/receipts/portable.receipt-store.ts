import type {ChannelMemberRepository} from '../channel-member.repository';
import type {ChannelRepository} from '../channel.repository';
import type {MessageRecipientRepository} from '../message-recipient.repository';
import type {MessageRepository} from '../message.repository';
import type {RowQuery, RowSource} from '../rows/row-source';
import {
  isReadMoved,
  type CursorMove,
  type CursorWork,
  type MessagePlace,
  type MovedCursor,
  type ReceiptStore,
} from './receipt-store';

/** What cursors and flags are read from and written to. */
export interface ReceiptRepositories {
  readonly channels: ChannelRepository;
  readonly members: ChannelMemberRepository;
  readonly messages: MessageRepository;
  readonly recipients: MessageRecipientRepository;
  readonly rows: RowSource;
}

/**
 * {@link ReceiptStore} by plain calls, for connectors without SQL: one after
 * the other, as they have no locks.
 */
export class PortableReceiptStore implements ReceiptStore {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly repositories: ReceiptRepositories) {}

  move(
    moves: readonly CursorMove[],
    work?: CursorWork,
  ): Promise<MovedCursor[]> {
    const moved = this.turn.then(() => this.moveNow(moves, work));
    this.turn = moved.catch(() => undefined);
    return moved;
  }

  async newestOf(query: RowQuery): Promise<MessagePlace[]> {
    const {rows, messages} = this.repositories;
    const selected = await rows.find(query, {
      fields: ['messageId'],
      ...{limit: Number.MAX_SAFE_INTEGER, offset: 0},
    });
    const ids = selected.map(({messageId}) => String(messageId));
    const found = await messages.find({where: {id: {inq: ids}}});
    const newest = new Map<string, number>();
    for (const {channelId, seq} of found) {
      newest.set(channelId, Math.max(seq, newest.get(channelId) ?? 0));
    }
    return [...newest].map(([channelId, seq]) => ({channelId, seq}));
  }

  private async moveNow(
    moves: readonly CursorMove[],
    work?: CursorWork,
  ): Promise<MovedCursor[]> {
    const cursors: MovedCursor[] = [];
    for (const move of moves) {
      const cursor = await this.moveOne(move);
      if (cursor) cursors.push(cursor);
    }
    await work?.(cursors);
    for (const cursor of cursors.filter(isReadMoved)) await this.flag(cursor);
    return cursors;
  }

  private async moveOne({
    channelId,
    userId,
    receivedSeq = 0,
    readSeq = 0,
  }: CursorMove): Promise<MovedCursor | undefined> {
    const {members, channels} = this.repositories;
    const member = await members.membershipOf(channelId, userId);
    const where = {id: channelId, deleted: false};
    const [channel] = await channels.find({where});
    if (!member || !channel) return undefined;
    const before = {receivedSeq: member.receivedSeq, readSeq: member.readSeq};
    const target = (said: number, stands: number) =>
      Math.max(stands, Math.min(said, channel.messageSeq));
    const after = {
      receivedSeq: target(Math.max(receivedSeq, readSeq), before.receivedSeq),
      readSeq: target(readSeq, before.readSeq),
    };
    await members.updateById(member.id, after);
    const {channelType} = member;
    return {channelId, channelType, userId, ...after, before};
  }

  private async flag({channelId, userId, readSeq}: MovedCursor): Promise<void> {
    const {messages, recipients} = this.repositories;
    const unread = {recipientId: userId, isRead: false, deleted: false};
    const rows = await recipients.find({where: {channelId, ...unread}});
    const ids = rows.map(({messageId}) => messageId);
    const passed = await messages.find({
      where: {id: {inq: ids}, seq: {lte: readSeq}},
    });
    await recipients.updateAll(
      {isRead: true, modifiedBy: userId, modifiedOn: new Date()},
      {...unread, messageId: {inq: passed.map(({id}) => id)}},
    );
  }
}
