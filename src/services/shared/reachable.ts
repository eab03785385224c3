import {isPromiseLike, type ValueOrPromise} from '@loopback/core';
import {ChatError} from '../../errors';
import type {ChatLogger} from '../../types';
import {within} from '../within';

/** What is asked may hang, as a network does. */
const TIMEOUT_MS = 500;
/** While it is away, one question is asked in this time. */
const PAUSE_MS = 1000;

/** Asks what may be away, and tells the operator once that it is. */
export class Reachable {
  private isAway = false;
  private askAgainAt = 0;

  /**
   * @param name - for the operator
   * @param timeoutMs - nobody waits longer for an answer
   */
  constructor(
    private readonly name: string,
    private readonly logger: ChatLogger,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  /** @throws ChatError CHAT_UNAVAILABLE when there is no answer, or was none just now */
  async ask<T>(question: () => ValueOrPromise<T>): Promise<T> {
    if (this.isAway) this.expectPauseOver();
    try {
      const asked = question();
      // What is in this process answers at once.
      const answer = isPromiseLike(asked)
        ? await within(this.timeoutMs, Promise.resolve(asked))
        : asked;
      this.note(false);
      return answer;
    } catch (err) {
      this.note(true);
      throw new ChatError('CHAT_UNAVAILABLE', {cause: err});
    }
  }

  /** Whoever comes first after it asks for all who come in the next one. */
  private expectPauseOver(): void {
    const now = Date.now();
    if (now < this.askAgainAt) throw new ChatError('CHAT_UNAVAILABLE');
    this.askAgainAt = now + PAUSE_MS;
  }

  private note(isAway: boolean): void {
    if (isAway === this.isAway) return;
    this.isAway = isAway;
    const {name} = this;
    if (isAway) {
      this.askAgainAt = Date.now() + PAUSE_MS;
      this.logger.warn('Not reachable; the chat goes on without', {name});
    } else {
      this.logger.info('Reachable again', {name});
    }
  }
}
