import type {SqlParams} from '../rows/sql-where';
import type {SqlRunner} from '../sql-runner';

/**
 * Names one channel in a condition that goes on with a range of its numbers.
 * MySQL would take an equality for all that it needs of the index, and read
 * the whole channel.
 */
export function isOfChannel(
  {dialect}: SqlRunner,
  params: SqlParams,
  channelId: string,
  column = 'channel_id',
): string {
  if (dialect === 'postgresql') return `${column} = ${params.add(channelId)}`;
  const from = params.add(channelId);
  return `${column} >= ${from} AND ${column} <= ${params.add(channelId)}`;
}

/** Joins statements; one alone gets no brackets, which older MySQL takes no two of. */
export function unionOf(selects: readonly string[]): string {
  if (selects.length === 1) return selects[0];
  return selects.map(select => `(${select})`).join(' UNION ALL ');
}
