import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {ChannelView, ConversationSource} from '../repositories';
import type {ChatUser} from '../types';
import {
  bytesOf,
  putOff,
  type AskedChannel,
  type ChangeReader,
  type ChannelChanges,
} from './change-reader';
import type {ChannelPage, ChannelService} from './channel.service';
import {InputCheck, isId} from './input-rules';
import {toPageToken} from './page-token';
import {normalizedChannelId} from './single-channel';
import {isPlainObject, toInteger} from './where-guard';

/** Where a client stands in a channel: the number of the last change it knows. */
export interface ChannelCursor {
  readonly channelId: string;
  readonly changeSeq: number;
}

/** What a client asks that comes back. */
export interface SyncRequest {
  /** Absent or empty for a client that knows nothing yet. */
  readonly channels?: readonly ChannelCursor[];
  /** Most messages of the answer; 200 unless it says less. */
  readonly limit?: number;
  /** Of the answer before, for a client that knows nothing yet. */
  readonly pageToken?: string;
}

/** What a client that comes back is behind. */
export interface SyncAnswer {
  /** In the order asked for; an asked channel that is missing is not the user's. */
  readonly channels: ChannelChanges[];
  readonly nextPageToken?: string;
}

const MAX_CHANNELS = 100;
const MAX_MESSAGES = 200;
const MAX_SEQ = 2 ** 31 - 1;
/**
 * Of what may wait for a connection its answers take a quarter by their messages,
 * as much by members, and an eighth by last messages: others come beside them.
 */
const PART_OF_MESSAGES = 1 / 4;
const PART_OF_PREVIEWS = 1 / 8;

/** Brings clients of any age to the present state, in bounded parts. */
@injectable({scope: BindingScope.SINGLETON})
export class SyncService {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatInternalBindings.ConversationSource)
    private readonly source: ConversationSource,
    @inject('chat.changeReader') private readonly changes: ChangeReader,
    @inject(ChatServiceBindings.ChannelService)
    private readonly channels: ChannelService,
  ) {}

  /**
   * Without channels: the user's own, newest activity first and by pages, each
   * from its first change on. With channels: those, each from its cursor on. All
   * of an answer are served in turn as far as it has room; the others come with
   * `more` and the cursor that they were asked with.
   * @throws ChatError CHAT_INPUT_INVALID
   */
  async sync(user: ChatUser, request: SyncRequest = {}): Promise<SyncAnswer> {
    const {cursors, limit} = checkRequest(request);
    const reader = {userId: user.id, isAdministrator: false};
    const {maxBufferedBytes} = this.config.realtime;
    const bounds = {limit, maxBytes: PART_OF_MESSAGES * maxBufferedBytes};
    if (!cursors.length) {
      const page = await this.page(user, request);
      const asked = page.channels
        .filter(({changeSeq}) => changeSeq > 0)
        .map(channel => ({channel, since: 0}));
      const channels = await this.changes.read(reader, asked, bounds);
      return {...page, channels};
    }
    const ids = cursors.map(({channelId}) => channelId);
    const views = await this.source.channelsAmong(reader, ids);
    const byId = new Map(views.map(view => [view.id, view]));
    const asked = cursors.flatMap(({channelId, changeSeq}): AskedChannel[] => {
      const channel = byId.get(channelId);
      return channel ? [{channel, since: changeSeq}] : [];
    });
    const count = this.countFitting(asked.map(({channel}) => channel));
    const now = asked.slice(0, count);
    const found = await this.changes.read(reader, now, bounds);
    return {channels: [...found, ...asked.slice(count).map(postponed)]};
  }

  /** Lists as many channels as there is room for the last messages of. */
  private async page(
    user: ChatUser,
    {pageToken}: SyncRequest,
  ): Promise<ChannelPage> {
    const page = await this.channels.list(user, {
      pageToken: pageToken === '' ? undefined : pageToken,
    });
    const count = this.countFitting(page.channels);
    if (count === page.channels.length) return page;
    const channels = page.channels.slice(0, count);
    return {channels, nextPageToken: toPageToken(channels[count - 1])};
  }

  /** Tells for the last messages of how many channels there is room; one at least. */
  private countFitting(channels: readonly ChannelView[]): number {
    const {maxBufferedBytes} = this.config.realtime;
    let bytes = 0;
    const first = channels.findIndex(({lastMessage}, index) => {
      bytes += lastMessage ? bytesOf(lastMessage) : 0;
      return bytes > PART_OF_PREVIEWS * maxBufferedBytes && index > 0;
    });
    return first === -1 ? channels.length : first;
  }
}

/** Leaves a channel's last message out too. */
function postponed({channel, since}: AskedChannel): ChannelChanges {
  return putOff({channel: {...channel, lastMessage: undefined}, since});
}

/** A socket's client writes 0 and '' for what it leaves out. */
function checkRequest({channels = [], limit, pageToken}: SyncRequest): {
  cursors: ChannelCursor[];
  limit: number;
} {
  const check = new InputCheck();
  const isList = Array.isArray(channels) && channels.length <= MAX_CHANNELS;
  const problem = `must be a list of at most ${MAX_CHANNELS}`;
  check.expect(isList, 'channels', problem);
  const cursors = isList
    ? channels.map((cursor, index) => toCursor(check, cursor, index))
    : [];
  const names = new Set(cursors.map(({channelId}) => channelId));
  const isOnce = names.size === cursors.length;
  check.expect(isOnce, 'channels', 'must name each channel once');
  const isPaged = !!pageToken && cursors.length > 0;
  check.expect(!isPaged, 'pageToken', 'must not be given with channels');
  const isSaid = limit !== undefined && limit !== 0;
  const most = toInteger(isSaid ? limit : MAX_MESSAGES, 1, MAX_MESSAGES);
  check.expect(most !== undefined, 'limit', `must be 1 to ${MAX_MESSAGES}`);
  check.conclude();
  return {cursors, limit: most ?? 1};
}

function toCursor(
  check: InputCheck,
  cursor: unknown,
  index: number,
): ChannelCursor {
  const given: Record<string, unknown> = isPlainObject(cursor) ? cursor : {};
  const {channelId, changeSeq} = given;
  const id = typeof channelId === 'string' && isId(channelId) ? channelId : '';
  const since = toInteger(changeSeq, 0, MAX_SEQ);
  const at = `channels.${index}`;
  check
    .expect(id !== '', `${at}.channelId`, 'must be an id')
    .expect(since !== undefined, `${at}.changeSeq`, 'must be an integer');
  return {channelId: normalizedChannelId(id), changeSeq: since ?? 0};
}
