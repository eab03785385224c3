import {BindingScope, inject, injectable} from '@loopback/core';
import type {Count} from '@loopback/repository';
import {invalidInput} from '../errors';
import {ChatInternalBindings} from '../keys';
import type {Message} from '../models';
import type {
  ChannelChange,
  ChannelLedger,
  Row,
  RowQuery,
  RowSource,
} from '../repositories';

/** Bounds how long the channels of one change wait for it, and its memory. */
const MAX_AT_ONCE = 1000;
/** Bounds the work of one request. */
const MAX_SELECTED = 100_000;

/** Does something to messages of one change. @returns to how many of them */
export type BulkWork = (
  change: ChannelChange,
  messages: readonly Message[],
) => Promise<number>;

/** Changes all the messages that a condition selects. */
@injectable({scope: BindingScope.SINGLETON})
export class MessageBulkService {
  constructor(
    @inject(ChatInternalBindings.RowSource) private readonly rows: RowSource,
    @inject(ChatInternalBindings.ChannelLedger)
    private readonly ledger: ChannelLedger,
  ) {}

  /**
   * Runs `work` in a change of the channels of the messages: up to 1000
   * messages in one, more in one after the other.
   * @returns how many messages were worked on
   * @throws ChatError CHAT_INPUT_INVALID when the query selects too many
   */
  async change(query: RowQuery, work: BulkWork): Promise<Count> {
    const fields = ['id', 'channelId', 'seq'];
    const page = {fields, limit: MAX_SELECTED + 1, offset: 0};
    const found = await this.rows.find(query, page);
    if (found.length > MAX_SELECTED) {
      const problem = `must select at most ${MAX_SELECTED} messages`;
      throw invalidInput('where', problem);
    }
    found.sort(inOrder);
    let count = 0;
    for (let from = 0; from < found.length; from += MAX_AT_ONCE) {
      const some = found.slice(from, from + MAX_AT_ONCE);
      count += await this.changeSome(query, some, work);
    }
    return {count};
  }

  private async changeSome(
    query: RowQuery,
    found: readonly Row[],
    work: BulkWork,
  ): Promise<number> {
    const those = {id: {inq: found.map(({id}) => id)}};
    const channelIds = found.map(({channelId}) => String(channelId));
    return this.ledger.change(channelIds, async change => {
      // Selected again: what was true before the lock may not be so any more.
      const messages = await this.rows.find(
        {...query, where: [...query.where, those]},
        {limit: MAX_AT_ONCE, offset: 0},
        change.transaction,
      );
      return work(change, messages as unknown as Message[]);
    });
  }
}

/** Those of one channel together, so that it waits but once. */
function inOrder(a: Row, b: Row): number {
  if (a.channelId === b.channelId) return Number(a.seq) - Number(b.seq);
  return String(a.channelId) < String(b.channelId) ? -1 : 1;
}
