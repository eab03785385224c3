/** Where a client stands in a channel, as a store keeps it. */
export interface ChannelPosition {
  readonly channelId: string;
  /** The last change that was told, with all before it. */
  readonly changeSeq: number;
  /** All messages up to this number were told. */
  readonly floor: number;
  /** Messages beyond it that were told. */
  readonly above: readonly number[];
}

/** Tells a position that was stored from what else may be in a store. */
export function isPosition(value: unknown): value is ChannelPosition {
  const {channelId, changeSeq, floor, above} = (value ??
    {}) as Partial<ChannelPosition>;
  const areNumbers = [changeSeq, floor].every(Number.isInteger);
  return typeof channelId === 'string' && areNumbers && Array.isArray(above);
}
