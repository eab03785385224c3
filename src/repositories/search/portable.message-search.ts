import {Message} from '../../models';
import type {ChannelMemberRepository} from '../channel-member.repository';
import type {MessageRepository} from '../message.repository';
import type {Row, RowSource} from '../rows/row-source';
import {
  columnConditions,
  type MessageSearch,
  type SearchQuery,
} from './message-search';
import {WordMatcher} from './words';

const NEWEST_FIRST = ['createdOn DESC', 'id DESC'];

/** {@link MessageSearch} for connectors without SQL: it looks at every message. */
export class PortableMessageSearch implements MessageSearch {
  constructor(
    private readonly rows: RowSource,
    private readonly messages: MessageRepository,
    private readonly members: ChannelMemberRepository,
  ) {}

  async find(query: SearchQuery, limit: number): Promise<Row[]> {
    const where = columnConditions(query);
    if (query.before !== undefined) {
      const position = await this.findPosition(query, query.before);
      if (!position) return [];
      where.push(olderThan(position));
    }
    const messages = await this.rows.find(
      {model: Message, viewer: query.viewer, where},
      {order: NEWEST_FIRST, limit: Number.MAX_SAFE_INTEGER, offset: 0},
    );
    const matcher = new WordMatcher(query.text);
    return messages
      .filter(({body}) => matcher.matchesAll(String(body)))
      .slice(0, limit);
  }

  /** One that was deleted since still has its place. */
  private async findPosition({viewer}: SearchQuery, id: string) {
    const [message] = await this.messages.find({where: {id}, limit: 1});
    if (!message || viewer === 'administrator') return message;
    const isMember = this.members.isMember(message.channelId, viewer.userId);
    return (await isMember) ? message : undefined;
  }
}

function olderThan({id, createdOn}: Message): object {
  return {or: [{createdOn: {lt: createdOn}}, {createdOn, id: {lt: id}}]};
}
