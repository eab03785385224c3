import {Message, type MemberRole} from '../../models';
import type {Row} from '../rows/row-source';
import {SqlParams} from '../rows/sql-where';
import {toRow} from '../rows/sql.row-source';
import type {SqlRow, SqlRunner} from '../sql-runner';
import {isOfChannel, unionOf} from './channel-range';
import {channelViewSql, toChannelView} from './channel-view.sql';
import type {
  ChangeRange,
  ChannelMark,
  ChannelReader,
  ChannelView,
  ConversationSource,
  MemberView,
  MessageRange,
  ReactionCount,
} from './conversation-source';
import {presentState} from './message-state';
import {countReactions, type PlacedReaction} from './reaction-count';

const MESSAGE_NAMES = Object.keys(Message.definition.properties);
const MESSAGE_COLUMNS = MESSAGE_NAMES.map(name =>
  String(Message.definition.properties[name].name ?? name),
);

/** Selects a part of the messages of one channel. */
interface MessagePart {
  readonly channelId: string;
  /** Each with the number that it compares to. */
  readonly conditions: readonly (readonly [string, number])[];
  readonly isWithDeleted: boolean;
  readonly order: string;
  readonly limit: number;
}

/** {@link ConversationSource} by one statement a call, in either dialect. */
export class SqlConversationSource implements ConversationSource {
  constructor(private readonly sql: SqlRunner) {}

  async channelsOf(
    userId: string,
    limit: number,
    after?: ChannelMark,
  ): Promise<ChannelView[]> {
    const params = new SqlParams(this.sql.dialect);
    const text = channelViewSql(this.sql, params, userId, {limit, after});
    return this.views(userId, text, params);
  }

  async channelsAmong(
    {userId, isAdministrator}: ChannelReader,
    channelIds: readonly string[],
  ): Promise<ChannelView[]> {
    if (!channelIds.length) return [];
    const params = new SqlParams(this.sql.dialect);
    const selection = {channelIds, isAdministrator};
    const text = channelViewSql(this.sql, params, userId, selection);
    return this.views(userId, text, params);
  }

  async messages(
    reader: ChannelReader,
    {channelId, after, before, limit}: MessageRange,
  ): Promise<Row[] | undefined> {
    const conditions: [string, number][] = [];
    if (after !== undefined) conditions.push(['seq >', after]);
    if (before !== undefined) conditions.push(['seq <', before]);
    const order =
      after === undefined ? 'channel_id DESC, seq DESC' : 'channel_id, seq';
    const part = {channelId, conditions, isWithDeleted: false, order, limit};
    const found = await this.parts(reader, [part]);
    return found.get(channelId)?.sort(byNumber('seq'));
  }

  async changes(
    reader: ChannelReader,
    ranges: readonly ChangeRange[],
  ): Promise<Map<string, Row[]>> {
    const parts = ranges.map(({channelId, since, limit}) => ({
      channelId,
      conditions: [['change_seq >', since]] as const,
      isWithDeleted: true,
      order: 'channel_id, change_seq',
      limit,
    }));
    const found = await this.parts(reader, parts);
    for (const rows of found.values()) rows.sort(byNumber('changeSeq'));
    return found;
  }

  async members(
    reader: ChannelReader,
    channelIds: readonly string[],
  ): Promise<Map<string, MemberView[]>> {
    if (!channelIds.length) return new Map();
    const params = new SqlParams(this.sql.dialect);
    const rows = await this.sql.query(
      `SELECT v.id, k.user_id, k.role, k.received_seq, k.read_seq
       FROM (${this.visible(params, reader, channelIds)}) v
       LEFT JOIN ${this.sql.table('chat_channel_members')} k
         ON k.channel_id = v.id
       ORDER BY v.id, k.user_id`,
      params.values,
    );
    return grouped(rows, 'id', row =>
      row.user_id === null
        ? undefined
        : {
            userId: String(row.user_id),
            role: row.role as MemberRole,
            receivedSeq: Number(row.received_seq),
            readSeq: Number(row.read_seq),
          },
    );
  }

  async memberCounts(
    channelIds: readonly string[],
  ): Promise<Map<string, number>> {
    if (!channelIds.length) return new Map();
    const params = new SqlParams(this.sql.dialect);
    const rows = await this.sql.query(
      `SELECT channel_id, COUNT(*) AS size
       FROM ${this.sql.table('chat_channel_members')}
       WHERE channel_id IN (${list(params, channelIds)})
       GROUP BY channel_id`,
      params.values,
    );
    return new Map(rows.map(row => [String(row.channel_id), Number(row.size)]));
  }

  async reactions(
    messageIds: readonly string[],
  ): Promise<Map<string, ReactionCount[]>> {
    if (!messageIds.length) return new Map();
    const params = new SqlParams(this.sql.dialect);
    const rows = await this.sql.query(
      `SELECT message_id AS "messageId", user_id AS "userId", emoji
       FROM ${this.sql.table('chat_message_reactions')}
       WHERE message_id IN (${list(params, messageIds)})
       ORDER BY created_on, id`.replace(/"/g, this.quote),
      params.values,
    );
    return countReactions(rows as unknown as PlacedReaction[]);
  }

  /** The unread are counted of those only that have any, up to what was read. */
  private async views(
    userId: string,
    text: string,
    {values}: SqlParams,
  ): Promise<ChannelView[]> {
    const views = (await this.sql.query(text, values)).map(toChannelView);
    const behind = views.filter(
      ({role, readSeq, messageSeq}) => role && readSeq < messageSeq,
    );
    if (!behind.length) return views;
    const params = new SqlParams(this.sql.dialect);
    const counts = behind.map(view => this.unread(params, userId, view));
    const rows = await this.sql.query(unionOf(counts), params.values);
    const unread = new Map(rows.map(row => [row.id, Number(row.unread)]));
    return views.map(view => ({...view, unread: unread.get(view.id) ?? 0}));
  }

  private unread(
    params: SqlParams,
    userId: string,
    {id, readSeq, messageSeq}: ChannelView,
  ): string {
    return `SELECT MIN(channel_id) AS id, COUNT(*) AS unread
      FROM ${this.sql.table('messages')}
      WHERE ${isOfChannel(this.sql, params, id)}
        AND seq > ${params.add(readSeq)} AND seq <= ${params.add(messageSeq)}
        AND deleted = FALSE
        AND (created_by IS NULL OR created_by <> ${params.add(userId)})`;
  }

  /**
   * Reads each part by its own index range; as one derived table, so that the
   * rows and the right to see them are of one moment.
   */
  private async parts(
    reader: ChannelReader,
    parts: readonly MessagePart[],
  ): Promise<Map<string, Row[]>> {
    if (!parts.length) return new Map();
    const params = new SqlParams(this.sql.dialect);
    const ids = parts.map(({channelId}) => channelId);
    // MySQL counts the parameters by their place in the text.
    const visible = this.visible(params, reader, ids);
    const columns = MESSAGE_COLUMNS.map(column => `m.${column}`);
    const rows = await this.sql.query(
      `SELECT v.id AS viewed_id, ${columns.join(', ')}
       FROM (${visible}) v
       LEFT JOIN (${unionOf(parts.map(part => this.part(params, part)))}) m
         ON m.channel_id = v.id`,
      params.values,
    );
    return grouped(rows, 'viewed_id', row =>
      row.id === null
        ? undefined
        : presentState(toRow(Message, MESSAGE_NAMES, row)),
    );
  }

  private part(
    params: SqlParams,
    {channelId, conditions, isWithDeleted, order, limit}: MessagePart,
  ): string {
    const where = [
      isOfChannel(this.sql, params, channelId),
      ...conditions.map(([text, value]) => `${text} ${params.add(value)}`),
      ...(isWithDeleted ? [] : ['deleted = FALSE']),
    ];
    return `SELECT ${MESSAGE_COLUMNS.join(', ')}
      FROM ${this.sql.table('messages')} WHERE ${where.join(' AND ')}
      ORDER BY ${order} LIMIT ${params.add(limit)}`;
  }

  /** Selects the ids of those channels that the reader may see. */
  private visible(
    params: SqlParams,
    {userId, isAdministrator}: ChannelReader,
    channelIds: readonly string[],
  ): string {
    const membership = isAdministrator
      ? ''
      : `JOIN ${this.sql.table('chat_channel_members')} w
           ON w.channel_id = c.id AND w.user_id = ${params.add(userId)}`;
    return `SELECT c.id FROM ${this.sql.table('chat_channels')} c ${membership}
      WHERE c.id IN (${list(params, channelIds)}) AND c.deleted = FALSE`;
  }

  private get quote(): string {
    return this.sql.dialect === 'mysql' ? '`' : '"';
  }
}

function list(params: SqlParams, values: readonly string[]): string {
  return values.map(value => params.add(value)).join(', ');
}

/** Groups rows; a group of which nothing came is there, and empty. */
function grouped<T>(
  rows: readonly SqlRow[],
  key: string,
  read: (row: SqlRow) => T | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = String(row[key]);
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    const element = read(row);
    if (element !== undefined) group.push(element);
  }
  return groups;
}

function byNumber(name: string) {
  return (a: Row, b: Row) => Number(a[name]) - Number(b[name]);
}
