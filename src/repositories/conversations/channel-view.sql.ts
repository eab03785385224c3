import {Message, type MemberRole} from '../../models';
import {SqlParams} from '../rows/sql-where';
import {toRow} from '../rows/sql.row-source';
import type {SqlRow, SqlRunner} from '../sql-runner';
import type {ChannelMark, ChannelView} from './conversation-source';

const MESSAGE_NAMES = Object.keys(Message.definition.properties);
const MESSAGE_COLUMNS = MESSAGE_NAMES.map(name =>
  String(Message.definition.properties[name].name ?? name),
);
const LAST = 'last_';

/** Views a page of a user's own channels. */
interface OwnChannels {
  readonly limit: number;
  readonly after?: ChannelMark;
}

/** Views some channels by their ids; an administrator any. */
interface ChosenChannels {
  readonly channelIds: readonly string[];
  readonly isAdministrator: boolean;
}

/**
 * Writes the statement that reads channels as `userId` sees them, with their
 * last messages, but for what is unread in them.
 */
export function channelViewSql(
  sql: SqlRunner,
  params: SqlParams,
  userId: string,
  selection: OwnChannels | ChosenChannels,
): string {
  const messages = sql.table('messages');
  const last = MESSAGE_COLUMNS.map(column => `m.${column} AS ${LAST}${column}`);
  const page =
    'limit' in selection
      ? ownPage(sql, params, userId, selection)
      : chosen(sql, params, userId, selection);
  return `SELECT p.*, ${last.join(', ')}
    FROM (${page}) p
    LEFT JOIN ${messages} m ON m.channel_id = p.id AND m.seq = (
      SELECT l.seq FROM ${messages} l
      WHERE l.channel_id = p.id AND l.deleted = FALSE
      ORDER BY l.seq DESC LIMIT 1)
    ORDER BY p.activity DESC, p.id DESC`;
}

/** Of pages to be read one after the other, each by its mark. */
function ownPage(
  sql: SqlRunner,
  params: SqlParams,
  userId: string,
  {limit, after}: OwnChannels,
): string {
  const conditions = [
    `k.user_id = ${params.add(userId)}`,
    'c.deleted = FALSE',
    ...(after ? [isAfter(sql, params, after)] : []),
  ];
  return `SELECT ${columns(sql)}
    FROM ${sql.table('chat_channel_members')} k
    JOIN ${sql.table('chat_channels')} c ON c.id = k.channel_id
    WHERE ${conditions.join(' AND ')}
    ORDER BY activity DESC, c.id DESC LIMIT ${params.add(limit)}`;
}

function chosen(
  sql: SqlRunner,
  params: SqlParams,
  userId: string,
  {channelIds, isAdministrator}: ChosenChannels,
): string {
  const own = params.add(userId);
  const ids = channelIds.map(id => params.add(id)).join(', ');
  return `SELECT ${columns(sql)}
    FROM ${sql.table('chat_channels')} c
    ${isAdministrator ? 'LEFT' : ''} JOIN ${sql.table('chat_channel_members')} k
      ON k.channel_id = c.id AND k.user_id = ${own}
    WHERE c.id IN (${ids}) AND c.deleted = FALSE`;
}

function columns(sql: SqlRunner): string {
  return `c.id, c.type, c.name, c.avatar, c.owner_id, c.size_class,
    c.message_seq, c.change_seq, c.roster_change_seq,
    ${activity(sql)} AS activity,
    k.role, k.received_seq, k.read_seq, k.muted, k.pinned`;
}

/** In milliseconds, as a mark has it: of finer parts a page would leave some out. */
function activity({dialect}: SqlRunner): string {
  const time = 'COALESCE(c.active_on, c.created_on)';
  return dialect === 'mysql' ? time : `date_trunc('milliseconds', ${time})`;
}

function isAfter(
  sql: SqlRunner,
  params: SqlParams,
  {activeOn, id}: ChannelMark,
): string {
  const isPostgres = sql.dialect === 'postgresql';
  const mark = () => params.add(activeOn) + (isPostgres ? '::timestamptz' : '');
  const time = activity(sql);
  return `(${time} < ${mark()}
    OR (${time} = ${mark()} AND c.id < ${params.add(id)}))`;
}

/** Makes a view of a row; drivers differ in booleans. */
export function toChannelView(row: SqlRow): ChannelView {
  const text = (column: string) =>
    (row[column] ?? undefined) as string | undefined;
  const lastMessage = MESSAGE_COLUMNS.map(column => [
    column,
    row[LAST + column],
  ]);
  const view: ChannelView = {
    id: String(row.id),
    type: String(row.type),
    name: text('name'),
    avatar: text('avatar'),
    ownerId: text('owner_id'),
    sizeClass: text('size_class'),
    messageSeq: Number(row.message_seq),
    changeSeq: Number(row.change_seq),
    rosterChangeSeq: Number(row.roster_change_seq),
    activeOn: row.activity as Date,
    role: text('role') as MemberRole | undefined,
    receivedSeq: Number(row.received_seq),
    readSeq: Number(row.read_seq),
    muted: Boolean(row.muted),
    pinned: Boolean(row.pinned),
    unread: 0,
    ...(row[`${LAST}id`] !== null && {
      lastMessage: toRow(
        Message,
        MESSAGE_NAMES,
        Object.fromEntries(lastMessage) as SqlRow,
      ),
    }),
  };
  const isKnown = ([, value]: [string, unknown]) => value !== undefined;
  return Object.fromEntries(Object.entries(view).filter(isKnown)) as never;
}
