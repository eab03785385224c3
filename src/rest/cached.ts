import {intercept, MethodDecoratorFactory} from '@loopback/core';
import {ChatInternalBindings} from '../keys';

/** How the answers of an operation are kept. */
export interface CachedOptions {
  /** How long an answer may be used, in milliseconds; at most an hour. */
  readonly ttlMs: number;
  /**
   * What the answer is about, by the arguments of the method; the path, unless this
   * says more. `SharedCache.empty` of any of it has the answer made anew.
   */
  readonly key?: (...args: never[]) => string | readonly string[];
}

/** Where the options of a method are kept. */
export const CACHED_METADATA = 'chat.cached';

/**
 * Keeps the answers of a GET: for each user by what the user may do, path and query.
 * Writes that touch them call `empty` of `ChatServiceBindings.Cache`. Without a user
 * nothing is kept. A guard of the method, such as `ChatServiceBindings.Access`, goes on
 * its class, or above this: what is below is not asked when there is an answer.
 */
export function cached(options: CachedOptions): MethodDecorator {
  const note = MethodDecoratorFactory.createDecorator<CachedOptions>(
    CACHED_METADATA,
    options,
    {decoratorName: '@cached'},
  );
  const around = intercept(ChatInternalBindings.CachedAnswer);
  return (target, method, descriptor) => {
    const operation = descriptor as TypedPropertyDescriptor<unknown>;
    note(target, method, operation);
    around(target, String(method), operation);
  };
}
