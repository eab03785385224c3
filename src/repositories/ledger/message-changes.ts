import type {Row} from '../rows/row-source';
import type {ChannelChange} from './channel-change';

/** A message that changes, and the number of its change. */
export interface NumberedMessage {
  readonly id: string;
  readonly changeSeq: number;
}

/** Writes changes of stored messages, whatever their number by a fixed count of statements. */
export interface MessageChanges {
  /** Keeps what the messages say now, before they say something else. */
  keep(
    change: ChannelChange,
    messages: readonly NumberedMessage[],
  ): Promise<void>;
  /** Sets the same properties, if any, and each its number. */
  write(
    change: ChannelChange,
    messages: readonly NumberedMessage[],
    properties: Row,
  ): Promise<void>;
  /** Takes away what belongs to messages that are deleted: their former texts and reactions for good, their recipients and files as rows that are deleted. */
  strip(
    change: ChannelChange,
    messages: readonly NumberedMessage[],
    deletedBy: string,
  ): Promise<void>;
}
