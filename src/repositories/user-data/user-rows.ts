import type {Entity} from '@loopback/repository';
import type {ModelClass} from '../model-class';

/** A model with properties that hold ids of users. */
export type UserModel = ModelClass<Entity & {id: string}>;

/** A message that was found, and where it is. */
export interface FoundMessage {
  readonly id: string;
  readonly channelId?: string;
}

/** A user's id, and what is written in its place. */
export interface Renaming {
  readonly userId: string;
  readonly alias: string;
}

/**
 * Finds what names a user in a whole table, whose columns mostly have no index
 * for it, by statements that each look at a bounded part.
 */
export interface UserRows {
  /** @returns pages of ids of the rows that have the user's id in one of the properties */
  ids(
    model: UserModel,
    properties: readonly string[],
    userId: string,
  ): AsyncIterable<string[]>;
  /**
   * @returns pages of messages that name the user in one of the properties, in
   *   their mentions, or in what the server wrote; perhaps some more
   */
  messages(
    properties: readonly string[],
    userId: string,
  ): AsyncIterable<FoundMessage[]>;
  /**
   * Puts the alias where the user's id stands in the properties of rows.
   * @returns how many of the rows had it there
   */
  rename(
    model: UserModel,
    properties: readonly string[],
    ids: readonly string[],
    renaming: Renaming,
  ): Promise<number>;
}
