import type {Renaming} from './user-rows';

/** A log of changes in the database, whose rows tell what others were. */
export interface ChangeLog {
  /**
   * Takes a user out of the log; to be called when the logged tables do not
   * have the user any more.
   * @returns how many entries had the user
   */
  redact(renaming: Renaming): Promise<number>;
}
