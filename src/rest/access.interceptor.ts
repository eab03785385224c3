import {AuthenticationBindings} from '@loopback/authentication';
import {
  BindingScope,
  ContextTags,
  inject,
  injectable,
  type Interceptor,
  type InvocationContext,
  type Next,
  type Provider,
} from '@loopback/core';
import {HttpErrors, RestBindings, writeResultToResponse} from '@loopback/rest';
import {SecurityBindings, type UserProfile} from '@loopback/security';
import type {ResolvedConfig} from '../config';
import {ChatError} from '../errors';
import {ChatInternalBindings} from '../keys';
import {asChatError, JsonText, toChatUser} from '../services';
import {authorizeAction} from './authorize-action';

/**
 * Guards the component's own controllers, under whatever sequence they run:
 * asks for the permission keys, and for the user first where the sequence has
 * not. With `useCustomSequence` both are the host's.
 */
@injectable({scope: BindingScope.SINGLETON})
export class AccessInterceptor implements Provider<Interceptor> {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
  ) {}

  value(): Interceptor {
    return (invocation, next) => this.intercept(invocation, next);
  }

  private async intercept(invocation: InvocationContext, next: Next) {
    try {
      const {useCustomSequence, auth} = this.config;
      if (!useCustomSequence) await expectAccess(invocation, auth);
      return await forAll(invocation, await next());
    } catch (err) {
      // A host's own sequence may log or show what it is given.
      throw HttpErrors.isHttpError(err) ? err : asChatError(err);
    }
  }
}

/** Whatever of the host's may look into the result gets rows, not their text. */
async function forAll(
  invocation: InvocationContext,
  result: unknown,
): Promise<unknown> {
  if (!(result instanceof JsonText)) return result;
  const send = await invocation.get(RestBindings.SequenceActions.SEND);
  const around = invocation.findByTag(ContextTags.GLOBAL_INTERCEPTOR);
  const isPassedOn = send === writeResultToResponse && !around.length;
  return isPassedOn ? result : result.toJSON();
}

async function expectAccess(
  invocation: InvocationContext,
  {claims}: ResolvedConfig['auth'],
): Promise<void> {
  const user = toChatUser(await authenticatedProfile(invocation), claims);
  const authorize = await authorizeAction(invocation);
  // Without the request: its always-allowed paths are the host's, not ours.
  const isAllowed = await authorize([...user.permissions]);
  if (!isAllowed) throw new ChatError('CHAT_FORBIDDEN');
}

async function authenticatedProfile(
  invocation: InvocationContext,
): Promise<UserProfile> {
  const known = await invocation.get(SecurityBindings.USER, {optional: true});
  if (known) return known;
  const authenticate = await invocation.get(AuthenticationBindings.AUTH_ACTION);
  const profile = await authenticate(
    await invocation.get(RestBindings.Http.REQUEST),
  );
  if (!profile) throw new ChatError('CHAT_UNAUTHENTICATED');
  // The controller looks for the user there, not in the invocation.
  const request = await invocation.get(RestBindings.Http.CONTEXT);
  request.bind(SecurityBindings.USER).to(profile);
  return profile;
}
