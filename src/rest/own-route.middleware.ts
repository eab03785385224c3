import {
  AuthenticateActionProvider,
  AuthenticationBindings,
  AuthenticationStrategyProvider,
} from '@loopback/authentication';
import {
  BindingScope,
  inject,
  injectable,
  type Getter,
  type Provider,
} from '@loopback/core';
import {
  asMiddleware,
  RequestBodyParser,
  RestBindings,
  RestMiddlewareGroups,
  type Middleware,
  type MiddlewareContext,
} from '@loopback/rest';
import {SecurityBindings} from '@loopback/security';
import {ChatServiceBindings} from '../keys';
import type {TokenService} from '../services';
import {ChatBearerStrategy} from './bearer.strategy';
import {isOwnRoute} from './own-route';
import {providerOf} from './provider-of';
import {SharedBodyParsers} from './shared-body-parsers';

const {AUTH_ACTION, STRATEGY} = AuthenticationBindings;
const NO_BODY = new RequestBodyParser();

/**
 * Spares requests of the component's own routes what LoopBack would make anew
 * for each of them, by bindings in the context of the request alone. Whatever
 * the host has bound in the place of LoopBack's own is left to do its work.
 */
@injectable(
  asMiddleware({
    group: 'chat.ownRoute',
    upstreamGroups: RestMiddlewareGroups.FIND_ROUTE,
    downstreamGroups: RestMiddlewareGroups.AUTHENTICATION,
  }),
  {scope: BindingScope.SINGLETON},
)
export class OwnRouteMiddlewareProvider implements Provider<Middleware> {
  private readonly bodyParsers = new SharedBodyParsers();

  constructor(
    // A host without a secret learns of it from the chat's routes, not its own.
    @inject.getter(ChatServiceBindings.TokenService)
    private readonly tokens: Getter<TokenService>,
  ) {}

  value(): Middleware {
    return (context, next) => {
      if (isOwnRoute(context)) this.prepare(context);
      return next();
    };
  }

  private prepare(context: MiddlewareContext): void {
    this.prepareBody(context);
    const isStock =
      providerOf(context, AUTH_ACTION.key) === AuthenticateActionProvider &&
      providerOf(context, STRATEGY.key) === AuthenticationStrategyProvider;
    if (isStock) {
      context.bind(AUTH_ACTION).to(() => this.authenticate(context));
    }
  }

  private prepareBody(context: MiddlewareContext): void {
    const {requestBody} = context.getSync(RestBindings.OPERATION_SPEC_CURRENT);
    const parser = requestBody ? this.bodyParsers.of(context) : () => NO_BODY;
    if (!parser) return;
    context.bind(RestBindings.REQUEST_BODY_PARSER).toDynamicValue(parser);
  }

  private async authenticate(context: MiddlewareContext) {
    const strategy = new ChatBearerStrategy(await this.tokens());
    const profile = await strategy.authenticate(context.request);
    context.bind(SecurityBindings.USER).to(profile);
    return profile;
  }
}
