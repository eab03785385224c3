import type {AcquaintanceService} from '../../services';
import type {ChatUser} from '../../types';

/** Whose acquaintances change all the time is not waited for. */
const MAX_LOOKUPS = 3;

/** A question who is known, while it is answered. */
interface Lookup {
  readonly userIds: ReadonlySet<string>;
  isOutdated: boolean;
}

/** Asks who is known, and again when that changes while the store is asked. */
export class AcquaintanceLookups {
  private readonly underway = new Set<Lookup>();

  constructor(private readonly acquaintances: AcquaintanceService) {}

  /**
   * Tells whom of some users a user knows.
   * @param use - called with them, before anything can change
   * @returns what `use` does; undefined, uncalled, when it keeps changing
   */
  async ask<T>(
    user: ChatUser,
    userIds: readonly string[],
    use: (known: string[]) => T,
  ): Promise<T | undefined> {
    for (let count = 0; count < MAX_LOOKUPS; count++) {
      const lookup = {
        userIds: new Set([user.id, ...userIds]),
        isOutdated: false,
      };
      this.underway.add(lookup);
      try {
        const known = await this.acquaintances.thoseKnownTo(user, userIds);
        if (!lookup.isOutdated) return use(known);
      } finally {
        this.underway.delete(lookup);
      }
    }
    return undefined;
  }

  /** What is asked of these users now may be answered as it was before. */
  outdate(userIds: readonly string[]): void {
    for (const lookup of this.underway) {
      if (userIds.some(id => lookup.userIds.has(id))) lookup.isOutdated = true;
    }
  }
}
