import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import type {
  ChannelReader,
  ChannelView,
  ConversationSource,
  MemberView,
} from '../repositories';
import type {ChatUser} from '../types';
import type {
  ChangeReader,
  ChannelChanges,
  ChannelMessage,
} from './change-reader';
import {InputCheck, isId} from './input-rules';
import {fromPageToken, toPageToken} from './page-token';
import type {RowVisibilityService} from './row-visibility.service';
import {normalizedChannelId} from './single-channel';
import {toInteger} from './where-guard';

/** A part of a listing of channels. */
export interface ChannelPage {
  readonly channels: ChannelView[];
  /** Where the next part begins; absent when there is none. */
  readonly nextPageToken?: string;
}

/** How far a member has received and read a channel. */
export type MemberCursor = Omit<MemberView, 'role'>;

const MAX_SEQ = 2 ** 31 - 1;
/** Bounds what the messages of one answer take, about. */
const MAX_CHANGE_BYTES = 1_048_576;
const [CHANNELS, MAX_CHANNELS] = [50, 100];
const [MESSAGES, MAX_MESSAGES] = [100, 1000];
const [CHANGES, MAX_CHANGES] = [200, 1000];

/**
 * Reads channels on a user's behalf. A user's channels are those of which they
 * are a member now; with `AdministerChat` any channel is read by its id.
 */
@injectable({scope: BindingScope.SINGLETON})
export class ChannelService {
  constructor(
    @inject(ChatInternalBindings.ConversationSource)
    private readonly source: ConversationSource,
    @inject('chat.changeReader') private readonly changeReader: ChangeReader,
    @inject('chat.rowVisibilityService')
    private readonly visibility: RowVisibilityService,
  ) {}

  /**
   * Lists the user's own channels, those with the newest activity first. One
   * that becomes active while a client pages moves to the front, and is on no
   * later page.
   * @throws ChatError CHAT_INPUT_INVALID
   */
  async list(
    user: ChatUser,
    {limit = CHANNELS, pageToken}: {limit?: number; pageToken?: string} = {},
  ): Promise<ChannelPage> {
    const check = new InputCheck();
    const size = expectCount(check, 'limit', limit, 1, MAX_CHANNELS);
    check.conclude();
    const after =
      pageToken === undefined ? undefined : fromPageToken(pageToken);
    // One more, to know whether there is.
    const found = await this.source.channelsOf(user.id, size + 1, after);
    const channels = found.slice(0, size);
    const isLast = found.length <= size;
    return isLast
      ? {channels}
      : {channels, nextPageToken: toPageToken(channels[size - 1])};
  }

  /** @throws ChatError CHAT_NOT_FOUND when the user does not see the channel */
  async get(user: ChatUser, id: string): Promise<ChannelView> {
    return this.channel(this.readerOf(user), id);
  }

  /**
   * Reads messages in the order of `seq`: the newest, those nearest below
   * `before`, or those nearest above `after`. What is deleted is left out.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_INPUT_INVALID
   */
  async history(
    user: ChatUser,
    id: string,
    range: {before?: number; after?: number; limit?: number} = {},
  ): Promise<ChannelMessage[]> {
    const {before, after, limit = MESSAGES} = range;
    const check = new InputCheck();
    const seq = (path: string, value: unknown) =>
      value === undefined
        ? undefined
        : expectCount(check, path, value, 0, MAX_SEQ);
    const checked = {
      channelId: expectChannelId(id),
      before: seq('before', before),
      after: seq('after', after),
      limit: expectCount(check, 'limit', limit, 1, MAX_MESSAGES),
    };
    check.conclude();
    const rows = await this.source.messages(this.readerOf(user), checked);
    if (!rows) throw new ChatError('CHAT_NOT_FOUND');
    return this.changeReader.withReactions(rows);
  }

  /**
   * Reads what a client is behind that knows the channel up to the change
   * `since`; of what changed more than once, the present state only.
   * @throws ChatError CHAT_NOT_FOUND, CHAT_INPUT_INVALID
   */
  async changes(
    user: ChatUser,
    id: string,
    {since = 0, limit = CHANGES}: {since?: number; limit?: number} = {},
  ): Promise<ChannelChanges> {
    const check = new InputCheck();
    const from = expectCount(check, 'since', since, 0, MAX_SEQ);
    const most = expectCount(check, 'limit', limit, 1, MAX_CHANGES);
    check.conclude();
    const reader = this.readerOf(user);
    const asked = {channel: await this.channel(reader, id), since: from};
    const bounds = {limit: most, maxBytes: MAX_CHANGE_BYTES};
    const [changes] = await this.changeReader.read(reader, [asked], bounds);
    if (!changes) throw new ChatError('CHAT_NOT_FOUND');
    return changes;
  }

  /**
   * Tells how far each member has come.
   * @throws ChatError CHAT_NOT_FOUND when the user does not see the channel
   */
  async cursors(user: ChatUser, id: string): Promise<MemberCursor[]> {
    const channelId = expectChannelId(id);
    const found = await this.source.members(this.readerOf(user), [channelId]);
    const members = found.get(channelId);
    if (!members) throw new ChatError('CHAT_NOT_FOUND');
    return members.map(({role, ...cursor}) => cursor);
  }

  private async channel(
    reader: ChannelReader,
    id: string,
  ): Promise<ChannelView> {
    const channelId = expectChannelId(id);
    const [channel] = await this.source.channelsAmong(reader, [channelId]);
    if (!channel) throw new ChatError('CHAT_NOT_FOUND');
    return channel;
  }

  private readerOf(user: ChatUser): ChannelReader {
    const viewer = this.visibility.viewerOf(user);
    return {userId: user.id, isAdministrator: viewer === 'administrator'};
  }
}

/** Notes a number that is not one of the range. */
function expectCount(
  check: InputCheck,
  path: string,
  value: unknown,
  min: number,
  max: number,
): number {
  const count = toInteger(value, min, max);
  const problem = `must be an integer from ${min} to ${max}`;
  check.expect(count !== undefined, path, problem);
  return count ?? min;
}

/** What cannot be an id is none of a channel. */
function expectChannelId(id: string): string {
  if (!isId(id)) throw new ChatError('CHAT_NOT_FOUND');
  return normalizedChannelId(id);
}
