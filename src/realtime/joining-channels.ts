/**
 * The channels that a connection being made is to join. What is told of them
 * meanwhile is newer than what was read from the store, whichever comes last.
 */
export class JoiningChannels {
  private readonly told = new Map<string, boolean>();
  private read: readonly string[] = [];

  /** Tells of a channel that its user now belongs to. */
  add(channelId: string): void {
    this.told.set(channelId, true);
  }

  /** Tells of a channel that is no longer its user's. */
  remove(channelId: string): void {
    this.told.set(channelId, false);
  }

  /** Takes what the store said after the connection was begun. */
  addRead(channelIds: readonly string[]): void {
    this.read = channelIds;
  }

  /** @returns the ids of the channels to join, each once */
  list(): string[] {
    const untold = this.read.filter(id => !this.told.has(id));
    const added = [...this.told].filter(([, isAdded]) => isAdded);
    return [...new Set([...untold, ...added.map(([id]) => id)])];
  }
}
