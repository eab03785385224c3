import type {KeyObject} from 'crypto';
import {ChatError} from '../../errors';
import type {ChatLogger} from '../../types';
import type {PublicKey} from './public-key';
import {matching, type KeyHint, type TokenKeySource} from './token-key-source';

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

/**
 * Keeps the keys of a place that may be away: those known go on then. A key that
 * is not known has them loaded again, at most once a cooldown.
 */
export class LoadedKeys implements TokenKeySource {
  readonly maxAgeMs: number;
  private known?: readonly PublicKey[];
  private loadedAt = -Infinity;
  private triedAt = -Infinity;
  private loading?: Promise<void>;
  private isAway = false;

  constructor(
    private readonly place: KeyLoading,
    private readonly logger: ChatLogger,
  ) {
    this.maxAgeMs = place.cacheMs;
  }

  async keysFor(hint: KeyHint): Promise<readonly KeyObject[]> {
    const isOld = Date.now() - this.loadedAt >= this.place.cacheMs;
    if (isOld || !this.find(hint).length) await this.reload();
    if (!this.known) throw new ChatError('CHAT_UNAVAILABLE');
    return this.find(hint);
  }

  private find(hint: KeyHint): KeyObject[] {
    return matching(this.known ?? [], hint);
  }

  /** Whoever comes while it is underway waits for the same. */
  private async reload(): Promise<void> {
    const isTooSoon = Date.now() - this.triedAt < this.place.cooldownMs;
    if (!this.loading && isTooSoon) return;
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    await this.loading;
  }

  private async load(): Promise<void> {
    this.triedAt = Date.now();
    const {name} = this.place;
    try {
      this.known = await this.place.load();
      this.loadedAt = Date.now();
      if (this.isAway)
        this.logger.info('Keys of tokens are there again', {name});
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
