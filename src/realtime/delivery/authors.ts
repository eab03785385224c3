/** The first and the newest message of one who writes. */
interface Written {
  readonly first: number;
  readonly last: number;
}

/** Who left which channel. */
interface Leaving {
  readonly channelId: string;
  readonly userIds: readonly string[];
}

/** Who wrote lately in one channel. */
interface Known {
  /** From this message on all authors are known. */
  from: number;
  readonly byUser: Map<string, Written>;
}

/** Bound what is remembered of a channel, and of all. */
const MAX_AUTHORS = 100;
const MAX_CHANNELS = 10_000;

/**
 * Remembers who wrote lately in a channel: who else would want to know that it
 * arrived?
 */
export class Authors {
  private readonly channels = new Map<string, Known>();

  /** Notes a message. */
  add(channelId: string, seq: number, userId: string): void {
    const known = this.knownOf(channelId, seq);
    const {byUser} = known;
    const first = byUser.get(userId)?.first ?? seq;
    // What is set anew is the youngest; the oldest is forgotten first.
    byUser.delete(userId);
    byUser.set(userId, {first, last: seq});
    if (byUser.size <= MAX_AUTHORS) return;
    const [[oldest, {last}]] = byUser;
    byUser.delete(oldest);
    known.from = Math.max(known.from, last + 1);
  }

  /** Forgets authors who left the channel: they hear nothing of it any more. */
  remove({channelId, userIds}: Leaving): void {
    const known = this.channels.get(channelId);
    for (const userId of userIds) known?.byUser.delete(userId);
  }

  /** Tells whether all are known who wrote after a message. */
  knowsAfter(channelId: string, seq: number): boolean {
    const {from = Infinity} = this.channels.get(channelId) ?? {};
    return from <= seq + 1;
  }

  /** @returns those who may have written after a message and up to another */
  between(channelId: string, after: number, upTo: number): string[] {
    const {byUser = []} = this.channels.get(channelId) ?? {};
    return [...byUser]
      .filter(([, {first, last}]) => first <= upTo && last > after)
      .map(([userId]) => userId);
  }

  private knownOf(channelId: string, from: number): Known {
    const known = this.channels.get(channelId);
    if (known) return known;
    if (this.channels.size >= MAX_CHANNELS) this.channels.clear();
    const none = {from, byUser: new Map<string, Written>()};
    this.channels.set(channelId, none);
    return none;
  }
}
