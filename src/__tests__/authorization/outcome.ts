import type {RowName} from './world';

/** What is to come of a request: its status, and what it shows or changes. */
export interface Outcome {
  readonly status: number;
  /** Ids in the answer, in any order: of a list, or of the one row. */
  readonly seen?: readonly RowName[];
  /** The `count` in the answer. */
  readonly count?: number;
  /** Exactly these rows differ afterwards. */
  readonly changed?: readonly RowName[];
  /** Exactly these rows are deleted afterwards. */
  readonly removed?: readonly RowName[];
  /** So many rows are there besides afterwards. */
  readonly added?: number;
  /** This message carries them afterwards. */
  readonly carrying?: RowName;
}

export const UNSEEN: Outcome = {status: 404};
export const FORBIDDEN: Outcome = {status: 403};
/** Allowed, and there is nothing in it for the caller. */
export const NOTHING: Outcome = {status: 200, count: 0};
export const EMPTY: Outcome = {status: 200, seen: []};

export const sees = (...seen: RowName[]): Outcome => ({status: 200, seen});
export const counts = (count: number): Outcome => ({status: 200, count});
export const adds = (added: number): Outcome => ({status: 200, added});

/** Files of a message. */
export const addsTo = (carrying: RowName, added: number): Outcome => ({
  ...adds(added),
  carrying,
});

/** One row by its id. */
export const changes = (row: RowName): Outcome => ({
  status: 204,
  changed: [row],
});
export const removes = (...removed: RowName[]): Outcome => ({
  status: 204,
  removed,
});

/** Rows by a condition. */
export const changesAll = (...changed: RowName[]): Outcome => ({
  status: 200,
  count: changed.length,
  changed,
});
export const removesAll = (...removed: RowName[]): Outcome => ({
  status: 200,
  count: removed.length,
  removed,
});
