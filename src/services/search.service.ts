import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings} from '../keys';
import type {Message} from '../models';
import {WordMatcher, wordsOf, type MessageSearch} from '../repositories';
import type {ChatUser} from '../types';
import {
  InputCheck,
  isId,
  isNoLongerThan,
  isStorable,
  isUuid,
} from './input-rules';
import type {RowVisibilityService} from './row-visibility.service';
import {normalizedChannelId} from './single-channel';

/** What a user looks for. */
export interface MessageQuery {
  /** Every word of it has to be in the message, or to begin a word there. */
  readonly q: string;
  readonly channelId?: string;
  /** 1 to 100; 20 when it is not said. */
  readonly limit?: number;
  /** The `nextBefore` of the page before. */
  readonly before?: string;
}

/** Where a word of a message was found, in UTF-16 units; `end` is behind it. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
}

/** A message that was found. */
export interface SearchHit {
  readonly message: Message;
  readonly highlights: Highlight[];
}

/** What was found, the newest first. */
export interface SearchPage {
  readonly messages: SearchHit[];
  /** The `before` of the next page; absent where there is none. */
  readonly nextBefore?: string;
}

const MAX_QUERY_LENGTH = 200;
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
/** Bounds the answer to a word that a long text is full of. */
const MAX_HIGHLIGHTS = 50;

/** Finds messages by their words; nobody finds what they may not see. */
@injectable({scope: BindingScope.SINGLETON})
export class SearchService {
  constructor(
    @inject(ChatInternalBindings.MessageSearch)
    private readonly messages: MessageSearch,
    @inject('chat.rowVisibilityService')
    private readonly visibility: RowVisibilityService,
  ) {}

  /**
   * Finds messages of the user's channels, or of one of them. A channel that
   * the user does not see has no messages.
   * @throws ChatError CHAT_INPUT_INVALID
   */
  async search(user: ChatUser, query: MessageQuery): Promise<SearchPage> {
    const {q, limit = DEFAULT_LIMIT, before} = query;
    const channelId = query.channelId && normalizedChannelId(query.channelId);
    // The same letters may have been typed in parts.
    const text = q.normalize('NFC');
    const matcher = new WordMatcher(text);
    checkQuery({...query, limit}, matcher);
    const viewer = this.visibility.viewerOf(user);
    const rows = await this.messages.find(
      {viewer, text, channelId, before: before?.toLowerCase()},
      // One more tells whether there is a next page.
      limit + 1,
    );
    const found = rows.slice(0, limit) as unknown as Message[];
    return {
      messages: found.map(message => ({
        message,
        highlights: highlightsOf(message.body, matcher),
      })),
      ...(rows.length > limit && {nextBefore: found[limit - 1].id}),
    };
  }
}

function checkQuery(
  {q, channelId, limit, before}: MessageQuery & {limit: number},
  matcher: WordMatcher,
): void {
  new InputCheck()
    .expect(
      q.length > 0 && isNoLongerThan(q, MAX_QUERY_LENGTH) && isStorable(q),
      'q',
      `must be well-formed text of 1 to ${MAX_QUERY_LENGTH} characters`,
    )
    .expect(!matcher.isEmpty, 'q', 'must have a letter or a digit')
    .expect(
      channelId === undefined || isId(channelId),
      'channelId',
      'must be an id of 1 to 64 characters',
    )
    .expect(
      Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT,
      'limit',
      `must be an integer from 1 to ${MAX_LIMIT}`,
    )
    .expect(before === undefined || isUuid(before), 'before', 'must be a UUID')
    .conclude();
}

function highlightsOf(body: string, matcher: WordMatcher): Highlight[] {
  const highlights: Highlight[] = [];
  for (const {text, start, end} of wordsOf(body)) {
    if (matcher.matches(text).length) highlights.push({start, end});
    if (highlights.length === MAX_HIGHLIGHTS) break;
  }
  return highlights;
}
