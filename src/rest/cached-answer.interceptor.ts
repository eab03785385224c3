import {
  BindingScope,
  inject,
  injectable,
  MetadataInspector,
  type Interceptor,
  type InvocationContext,
  type Next,
  type Provider,
} from '@loopback/core';
import {RestBindings} from '@loopback/rest';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import type {SharedCache} from '../services';
import type {ChatUser} from '../types';
import {CACHED_METADATA, type CachedOptions} from './cached';

/** Answers operations that are `@cached` with what is kept of them. */
@injectable({scope: BindingScope.SINGLETON})
export class CachedAnswerInterceptor implements Provider<Interceptor> {
  constructor(
    @inject(ChatServiceBindings.Cache) private readonly cache: SharedCache,
  ) {}

  value(): Interceptor {
    return (invocation, next) => this.intercept(invocation, next);
  }

  private async intercept(invocation: InvocationContext, next: Next) {
    const options = MetadataInspector.getMethodMetadata<CachedOptions>(
      CACHED_METADATA,
      Object(invocation.target),
      invocation.methodName,
    );
    const request = await invocation.get(RestBindings.Http.REQUEST);
    if (!options || request.method !== 'GET') return next();
    // Whoever is nobody may be anybody: nothing is kept for all of them.
    const user = await userOf(invocation);
    if (!user) return next();
    const {ttlMs, key = () => request.path} = options;
    const entry = {
      key: toKey(user, request.originalUrl),
      subjects: [key(...(invocation.args as never[]))].flat(),
      ttlMs,
    };
    return this.cache.through(entry, async () => next());
  }
}

/** By whatever sequence the user was authenticated. */
async function userOf(
  invocation: InvocationContext,
): Promise<ChatUser | undefined> {
  try {
    return await invocation.get(ChatInternalBindings.CurrentUser);
  } catch {
    return undefined;
  }
}

/** Another user, or one who may do something else now, gets another answer. */
function toKey({id, permissions}: ChatUser, url: string): string {
  return `answer:${JSON.stringify([id, [...permissions].sort(), url])}`;
}
