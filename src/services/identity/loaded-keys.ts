import {ChatError} from '../../errors';
import type {ChatLogger} from '../../types';
import type {PublicKey} from './public-key';
import {
  matching,
  type FoundKeys,
  type KeyHint,
  type TokenKeySource,
} from './token-key-source';

/** Where keys are loaded from, and how often. */
export interface KeyLoading {
  /** For the operator. */
  readonly name: string;
  /** All keys there are now. */
  load(): Promise<readonly PublicKey[]>;
  /** How long they are taken as they are, in milliseconds. */
  readonly cacheMs: number;
  /** Shortest time between two loads; bounds what unknown ids have us do. */
  readonly cooldownMs: number;
}

/** While there are no keys at all everybody waits. */
const FIRST_COOLDOWN_MS = 1000;

/**
 * Keeps the keys of a place that may be away: those known go on then. A key that
 * is not known has them loaded again, at most once a cooldown. A known one waits for
 * a load only when all are twice as old as they may be.
 */
export class LoadedKeys implements TokenKeySource {
  private known?: readonly PublicKey[];
  private loadedAt = -Infinity;
  private triedAt = -Infinity;
  private loading?: Promise<void>;
  private isAway = false;

  constructor(
    private readonly place: KeyLoading,
    private readonly logger: ChatLogger,
  ) {}

  async find(hint: KeyHint): Promise<FoundKeys | undefined> {
    const {cacheMs} = this.place;
    const ageMs = Date.now() - this.loadedAt;
    if (ageMs >= cacheMs || !this.among(hint)) {
      const reload = this.reload();
      const mayGoOn = ageMs < 2 * cacheMs || this.isAway;
      if (!this.among(hint) || !mayGoOn) await reload;
    }
    const found = this.among(hint);
    // A key that is new may be there.
    if (!found && this.isAway) throw new ChatError('CHAT_UNAVAILABLE');
    return found;
  }

  private among(hint: KeyHint): FoundKeys | undefined {
    const keys = matching(this.known ?? [], hint);
    const goodUntil = this.loadedAt + this.place.cacheMs;
    return keys.length ? {keys, goodUntil} : undefined;
  }

  /** Whoever comes while it is underway waits for the same. */
  private async reload(): Promise<void> {
    const {cooldownMs} = this.place;
    const pauseMs = this.known
      ? cooldownMs
      : Math.min(cooldownMs, FIRST_COOLDOWN_MS);
    const isTooSoon = Date.now() - this.triedAt < pauseMs;
    if (!this.loading && isTooSoon) return;
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    await this.loading;
  }

  private async load(): Promise<void> {
    this.triedAt = Date.now();
    const {name} = this.place;
    try {
      const keys = await this.place.load();
      this.known = keys;
      this.loadedAt = Date.now();
      if (this.isAway) {
        this.logger.info('Keys of tokens are there again', {name});
      }
      this.isAway = false;
    } catch {
      // Once: it may be asked for each token.
      if (!this.isAway) {
        this.logger.warn('Keys of tokens cannot be read; known ones go on', {
          name,
        });
      }
      this.isAway = true;
    }
  }
}
