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
import {SecurityBindings} from '@loopback/security';
import {createHash} from 'crypto';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {toChatUser, type SharedCache} from '../services';
import {CACHED_METADATA, type CachedOptions} from './cached';

/** Answers operations that are `@cached` with what is kept of them. */
@injectable({scope: BindingScope.SINGLETON})
export class CachedAnswerInterceptor implements Provider<Interceptor> {
  constructor(
    @inject(ChatServiceBindings.Cache) private readonly cache: SharedCache,
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
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
    const {ttlMs, key = () => request.path} = options;
    const entry = {
      key: await this.keyOf(invocation, request.originalUrl),
      subjects: [key(...(invocation.args as never[]))].flat(),
      ttlMs,
    };
    return this.cache.through(entry, async () => next());
  }

  /** Another user, or one who may do something else now, gets another answer. */
  private async keyOf(
    invocation: InvocationContext,
    url: string,
  ): Promise<string> {
    const profile = await invocation.get(SecurityBindings.USER, {
      optional: true,
    });
    const user = profile && toChatUser(profile, this.config.auth.claims);
    const permissions = [...(user?.permissions ?? [])].sort();
    const text = JSON.stringify([user?.id, permissions, url]);
    return createHash('sha256').update(text).digest('base64url');
  }
}
