import {BindingScope, inject, injectable} from '@loopback/core';
import type {MessageReactionRepository} from './conversation.repositories';
import {SqlParams} from './rows/sql-where';
import {SQL_RUNNER, type SqlRunner, type SqlTransaction} from './sql-runner';

/** One user's reaction to a message. */
export interface TalliedReaction {
  readonly emoji: string;
  readonly userId: string;
  /** How many users there are with this emoji. */
  readonly count: number;
}

/** Bounds the answer: a big group may react as one. */
const MAX_USERS = 100;

/** Counts reactions without reading them all, where the store has SQL. */
@injectable({scope: BindingScope.SINGLETON})
export class ReactionTally {
  constructor(
    @inject(SQL_RUNNER) private readonly sql: SqlRunner | undefined,
    @inject('repositories.MessageReactionRepository')
    private readonly reactions: MessageReactionRepository,
  ) {}

  /** @returns how many different emoji the message has */
  async countEmoji(messageId: string, tx?: SqlTransaction): Promise<number> {
    if (!this.sql) {
      const rows = await this.reactions.find({where: {messageId}});
      return new Set(rows.map(({emoji}) => emoji)).size;
    }
    const params = new SqlParams(this.sql.dialect);
    const [row] = await this.sql.query(
      `SELECT COUNT(DISTINCT emoji) AS count
       FROM ${this.sql.table('chat_message_reactions')}
       WHERE message_id = ${params.add(messageId)}`,
      params.values,
      tx,
    );
    return Number(row.count);
  }

  /**
   * @param userId - who is among the users of each emoji, if at all
   * @returns at most 100 of each emoji, oldest first
   */
  async ofMessage(
    messageId: string,
    userId: string,
  ): Promise<TalliedReaction[]> {
    if (!this.sql) return this.ofMessageByCalls(messageId, userId);
    const params = new SqlParams(this.sql.dialect);
    const rows = await this.sql.query(
      `SELECT r.emoji, r.user_id, r.users FROM (
         SELECT emoji, user_id, created_on, id,
           COUNT(*) OVER (PARTITION BY emoji) AS users,
           ROW_NUMBER() OVER (PARTITION BY emoji ORDER BY
             CASE WHEN user_id = ${params.add(userId)} THEN 0 ELSE 1 END,
             created_on, id) AS place
         FROM ${this.sql.table('chat_message_reactions')}
         WHERE message_id = ${params.add(messageId)}) r
       WHERE r.place <= ${MAX_USERS}
       ORDER BY r.created_on, r.id`,
      params.values,
    );
    return rows.map(row => ({
      emoji: String(row.emoji),
      userId: String(row.user_id),
      count: Number(row.users),
    }));
  }

  private async ofMessageByCalls(
    messageId: string,
    userId: string,
  ): Promise<TalliedReaction[]> {
    const order = ['createdOn ASC', 'id ASC'];
    const rows = await this.reactions.find({where: {messageId}, order});
    const counts = new Map<string, number>();
    for (const {emoji} of rows) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
    const own = rows.filter(row => row.userId === userId);
    const room = new Map(own.map(({emoji}) => [emoji, MAX_USERS - 1]));
    return rows.flatMap(({emoji, userId: by}) => {
      const left = room.get(emoji) ?? MAX_USERS;
      if (by !== userId) room.set(emoji, left - 1);
      const isListed = by === userId || left > 0;
      return isListed
        ? [{emoji, userId: by, count: counts.get(emoji) ?? 0}]
        : [];
    });
  }
}
