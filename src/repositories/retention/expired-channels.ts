/** A span of time: `from` is part of it, `until` is not. */
export interface TimeSpan {
  /** Absent for the beginning of all times. */
  readonly from?: Date;
  readonly until: Date;
}

/** Finds the channels in which something has to be deleted. */
export interface ExpiredChannels {
  /**
   * @param type - of the channels, deleted ones too
   * @returns pages of ids of those with a message of that time that is not deleted
   */
  ofType(type: string, written: TimeSpan): AsyncIterable<string[]>;
}
