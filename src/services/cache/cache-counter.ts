import {BindingScope, injectable} from '@loopback/core';
import type {Counter} from 'prom-client';

/** What came of a question: `joined` one that was underway, `away` went by the cache. */
export type CacheResult = 'hit' | 'miss' | 'joined' | 'away';

const NAME = 'chat_cache_requests_total';

/**
 * Counts in the default registry of `prom-client`, which `@loopback/metrics` shows;
 * all apps of a process count together.
 */
@injectable({scope: BindingScope.SINGLETON})
export class CacheCounter {
  private counter?: Promise<Counter<'result'>>;

  count(result: CacheResult): void {
    this.counter ??= makeCounter();
    void this.counter.then(counter => counter.inc({result}));
  }
}

/** Loaded on demand: it takes 12 MB, and who caches nothing has no use for it. */
async function makeCounter(): Promise<Counter<'result'>> {
  const {Counter: Metric, register} = await import('prom-client');
  const known = register.getSingleMetric(NAME);
  if (known instanceof Metric) return known;
  return new Metric({
    name: NAME,
    help: 'Questions to the cache of the chat, by result',
    labelNames: ['result'],
  });
}
