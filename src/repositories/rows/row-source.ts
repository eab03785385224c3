import {AttachmentFile, type AuditedEntity} from '../../models';
import type {SqlTransaction} from '../sql-runner';

/** A model whose rows belong to channels. */
export type RowModel<E extends AuditedEntity = AuditedEntity> =
  typeof AuditedEntity & {prototype: E};

/** A row as the API answers it: property name → value; no NULLs. */
export type Row = Record<string, unknown>;

/** Whose eyes a selection is for: a member's, or an administrator's. */
export type Viewer = {readonly userId: string} | 'administrator';

/** Selects rows. Whoever is not the viewer's own never comes out. */
export interface RowQuery {
  readonly model: RowModel;
  readonly viewer: Viewer;
  /** In LoopBack's terms, checked already; all of them must hold. */
  readonly where: readonly object[];
}

/** How the selected rows come out. */
export interface RowPage {
  /** Absent for all of them. */
  readonly fields?: string[];
  readonly order?: string[];
  readonly limit: number;
  readonly offset: number;
}

/**
 * Reads rows of messages, recipients and attachments that a viewer may see:
 * those of the viewer's channels, and the viewer's own that are of no channel
 * yet; of stored files that no message carries only the viewer's own; never a
 * deleted row.
 */
export interface RowSource {
  find(query: RowQuery, page: RowPage, tx?: SqlTransaction): Promise<Row[]>;
  /**
   * The same rows as objects of JSON with commas between them, where the
   * database can write it: that costs less than to read rows and write them.
   */
  findJson?(query: RowQuery, page: RowPage): Promise<string | undefined>;
  count(query: RowQuery): Promise<number>;
  /** @returns how many rows were changed: those selected that `owned` selects too */
  update(query: RowQuery, change: Row, tx?: SqlTransaction): Promise<number>;
}

/**
 * Tells whether rows of a model may wait for their message. It counts once it is
 * stored: files are claimed before.
 */
export function mayBeWaiting(model: RowModel): boolean {
  return model === AttachmentFile;
}

/** Tells whether rows of a model may be of no channel. */
export function mayBeNowhere(model: RowModel): boolean {
  return !model.definition.properties.channelId.required;
}
