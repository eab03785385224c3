import type {Row, Viewer} from '../rows/row-source';

/** What is searched for, and where. */
export interface SearchQuery {
  readonly viewer: Viewer;
  /** Its words are; each may be the beginning of one in the message. */
  readonly text: string;
  readonly channelId?: string;
  /** Id of a message: only those before it in time; none when it is not there. */
  readonly before?: string;
}

/**
 * Finds messages by their words, of the channels that the viewer may see: none
 * that is deleted, and none that the server wrote.
 */
export interface MessageSearch {
  /** @returns the messages that have every word, the newest first */
  find(query: SearchQuery, limit: number): Promise<Row[]>;
}

/** What of a search is a condition on columns; in LoopBack's terms. */
export function columnConditions({channelId}: SearchQuery): object[] {
  return [
    {kind: {neq: 'system'}},
    ...(channelId === undefined ? [] : [{channelId}]),
  ];
}
