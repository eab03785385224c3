interface Author {
  readonly seq: number;
  readonly userId: string;
}

/** How many messages of a channel are looked back at. */
const MAX_MESSAGES = 50;
const MAX_CHANNELS = 10_000;

/**
 * Remembers who wrote the newest messages of a channel: who else would want to
 * know that they arrived?
 */
export class Authors {
  private readonly channels = new Map<string, Author[]>();

  /** Notes a message. */
  add(channelId: string, seq: number, userId: string): void {
    const known = this.channels.get(channelId);
    if (known) {
      known.push({seq, userId});
      if (known.length > 2 * MAX_MESSAGES) known.splice(0, MAX_MESSAGES);
      return;
    }
    if (this.channels.size >= MAX_CHANNELS) this.channels.clear();
    this.channels.set(channelId, [{seq, userId}]);
  }

  /** @returns those who wrote up to the message, each once */
  upTo(channelId: string, seq: number): string[] {
    const known = this.channels.get(channelId) ?? [];
    const ids = known.filter(author => author.seq <= seq);
    return [...new Set(ids.map(({userId}) => userId))];
  }
}
