interface Author {
  readonly seq: number;
  readonly userId: string;
}

/** Who left which channel. */
interface Leaving {
  readonly channelId: string;
  readonly userIds: readonly string[];
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

  /** Forgets authors who left the channel: they hear nothing of it any more. */
  remove({channelId, userIds}: Leaving): void {
    const known = this.channels.get(channelId) ?? [];
    const staying = known.filter(({userId}) => !userIds.includes(userId));
    this.channels.set(channelId, staying);
  }

  /** @returns those who wrote up to the message, each once */
  upTo(channelId: string, seq: number): string[] {
    const known = this.channels.get(channelId) ?? [];
    const ids = known.filter(author => author.seq <= seq);
    return [...new Set(ids.map(({userId}) => userId))];
  }
}
