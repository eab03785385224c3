import type {
  ControllerClass,
  InvocationContext,
  ValueOrPromise,
} from '@loopback/core';
import {
  AuthorizationBindings,
  AuthorizationMetadataProvider,
  AuthorizeActionProvider,
  getAuthorizeMetadata,
  type AuthorizeFn,
} from 'loopback4-authorization';
import {providerOf} from './provider-of';

const {AUTHORIZE_ACTION, METADATA, PERMISSION} = AuthorizationBindings;

/**
 * Gives the action that asks for the permission keys of the invoked method: the
 * host's own where it has bound one. The one of `loopback4-authorization` is
 * made here from what is known of the invocation, as having the context make
 * it costs more than all it does.
 */
export function authorizeAction(
  invocation: InvocationContext,
): ValueOrPromise<AuthorizeFn> {
  const isStock =
    providerOf(invocation, AUTHORIZE_ACTION.key) === AuthorizeActionProvider &&
    providerOf(invocation, METADATA.key) === AuthorizationMetadataProvider;
  if (!isStock) return invocation.get(AUTHORIZE_ACTION);
  const getMetadata = async () =>
    getAuthorizeMetadata(
      invocation.targetClass as ControllerClass,
      invocation.methodName,
      (await invocation.get(PERMISSION)) ?? undefined,
    ) ?? {permissions: []};
  return new AuthorizeActionProvider(getMetadata, [], invocation).value();
}
