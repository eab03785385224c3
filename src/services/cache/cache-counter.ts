import {BindingScope, injectable} from '@loopback/core';
import {Counter, register} from 'prom-client';

/** What came of a question: `joined` one that was underway, `away` went by the cache. */
export type CacheResult = 'hit' | 'miss' | 'joined' | 'away';

const NAME = 'chat_cache_requests_total';

/**
 * Counts in the default registry of `prom-client`, which `@loopback/metrics` shows;
 * all apps of a process count together.
 */
@injectable({scope: BindingScope.SINGLETON})
export class CacheCounter {
  private readonly counter: Counter<'result'>;

  constructor() {
    const known = register.getSingleMetric(NAME);
    this.counter =
      known instanceof Counter
        ? known
        : new Counter({
            name: NAME,
            help: 'Questions to the cache of the chat, by result',
            labelNames: ['result'],
          });
  }

  count(result: CacheResult): void {
    this.counter.inc({result});
  }
}
