import {BindingScope, inject, injectable} from '@loopback/core';
import {createHash, randomUUID} from 'crypto';
import {ChatInternalBindings} from '../../keys';
import type {ChatLogger} from '../../types';
import {MemoryKeys} from '../shared/memory-keys';
import {Reachable} from '../shared/reachable';
import type {SharedKeys} from '../shared/shared-keys';
import type {CacheCounter} from './cache-counter';

/** What is kept, under which name, and for how long. */
export interface CacheEntry {
  /** Whoever gives the same one gets the same; of any length, and not kept as it is. */
  readonly key: string;
  /** What it is about: emptying any of these makes it anew. */
  readonly subjects: readonly string[];
  /** In milliseconds; at most an hour. */
  readonly ttlMs: number;
}

const PREFIX = 'chat:cache:';
const MAX_TTL_MS = 3_600_000;
/** A subject is remembered to be emptied for longer than any entry lives. */
const EMPTIED_TTL_MS = 2 * MAX_TTL_MS;
/** Bounds what is remembered to be emptied; of more, everything is. */
const MAX_MISSED = 10_000;
/** What every entry is about. */
const EVERYTHING = '*';
/** Bounds one question, in subjects. */
const MAX_EMPTIED = 500;
/** Larger texts are made each time; bounds what one entry takes. */
const MAX_CHARS = 262_144;

/**
 * Keeps what takes a while to make, in Redis for all nodes together, else in this
 * process. What is asked for by many at once is made once. Away, it keeps nothing.
 */
@injectable({scope: BindingScope.SINGLETON})
export class SharedCache {
  private readonly keys: SharedKeys;
  private readonly place: Reachable;
  private readonly underway = new Map<string, Promise<string | undefined>>();
  /** Subject → state: to be told to the others as soon as that is possible. */
  private readonly missed = new Map<string, string>();

  constructor(
    @inject(ChatInternalBindings.Logger) logger: ChatLogger,
    @inject('chat.cacheCounter') private readonly counter: CacheCounter,
    @inject(ChatInternalBindings.RedisKeys, {optional: true})
    redis?: SharedKeys,
  ) {
    this.keys = redis ?? new MemoryKeys();
    this.place = new Reachable('cache', logger);
  }

  /**
   * Gives what is kept, or makes it and keeps it.
   * @param make - of what JSON can say; when it fails, nothing is kept
   * @returns what came of it, as JSON has it
   */
  async through<T>(entry: CacheEntry, make: () => Promise<T>): Promise<T> {
    const read = await this.read(entry).catch(() => undefined);
    if (!read) {
      this.counter.count('away');
      return make();
    }
    if (read.text !== undefined) {
      this.counter.count('hit');
      return JSON.parse(read.text);
    }
    // What is made for an older state of its subjects is not for this one.
    const flight = `${read.state}${entry.key}`;
    const joined = this.underway.get(flight);
    this.counter.count(joined ? 'joined' : 'miss');
    if (joined) return parsed(await joined);
    const made = this.make(entry, read.state, make).finally(() =>
      this.underway.delete(flight),
    );
    this.underway.set(flight, made);
    return parsed(await made);
  }

  /** Has all that is about these subjects made anew, on every node. */
  async empty(...subjects: string[]): Promise<void> {
    for (const subject of subjects) this.missed.set(subject, randomUUID());
    if (this.missed.size > MAX_MISSED) {
      this.missed.clear();
      this.missed.set(EVERYTHING, randomUUID());
    }
    await this.emptyMissed().catch(() => undefined);
  }

  /** @returns what is another one whenever the subject was emptied since */
  async stateOf(subject: string): Promise<string | undefined> {
    const [state] = await this.place.ask(() =>
      this.keys.getMany([toSubjectKey(subject)]),
    );
    return state;
  }

  /**
   * @returns the state of its subjects, and what is kept of this state
   * @throws ChatError CHAT_UNAVAILABLE when the cache cannot be asked
   */
  private async read({
    key,
    subjects,
  }: CacheEntry): Promise<{state: string; text?: string}> {
    await this.emptyMissed();
    const states = [EVERYTHING, ...subjects].map(toSubjectKey);
    const keys = [toKey(key), ...states];
    const [kept, ...now] = await this.place.ask(() => this.keys.getMany(keys));
    const state = `${now.map(each => each ?? '').join(',')}\n`;
    if (!kept?.startsWith(state)) return {state};
    return {state, text: kept.slice(state.length)};
  }

  private async make<T>(
    {key, ttlMs}: CacheEntry,
    state: string,
    make: () => Promise<T>,
  ): Promise<string | undefined> {
    const text: string | undefined = JSON.stringify(await make());
    if (text !== undefined && text.length <= MAX_CHARS) {
      const lifetimeMs = Math.min(ttlMs, MAX_TTL_MS);
      // Who asked need not wait for it, nor that it fails.
      void this.place
        .ask(() => this.keys.set(toKey(key), state + text, lifetimeMs))
        .catch(() => undefined);
    }
    return text;
  }

  /** Until this is done nothing is read: it could be what was to be emptied. */
  private async emptyMissed(): Promise<void> {
    while (this.missed.size) {
      const states = [...this.missed].slice(0, MAX_EMPTIED);
      await this.place.ask(() =>
        Promise.all(
          states.map(([subject, state]) =>
            this.keys.set(toSubjectKey(subject), state, EMPTIED_TTL_MS),
          ),
        ),
      );
      for (const [subject, state] of states) {
        // It may be to be emptied once more since.
        if (this.missed.get(subject) === state) this.missed.delete(subject);
      }
    }
  }
}

/** JSON has no word for what is not there. */
function parsed<T>(text: string | undefined): T {
  return (text === undefined ? undefined : JSON.parse(text)) as T;
}

function toKey(key: string): string {
  const digest = createHash('sha256').update(key).digest('base64url');
  return `${PREFIX}entry:${digest}`;
}

function toSubjectKey(subject: string): string {
  return `${PREFIX}subject:${subject}`;
}
