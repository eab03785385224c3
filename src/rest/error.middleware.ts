import {
  BindingScope,
  CoreBindings,
  inject,
  injectable,
  type Next,
  type Provider,
} from '@loopback/core';
import {
  asMiddleware,
  RestMiddlewareGroups,
  type Middleware,
  type MiddlewareContext,
} from '@loopback/rest';
import {CHAT_CONTROLLERS} from '../controllers';
import {ChatServiceBindings} from '../keys';
import type {ChatLogger} from '../types';
import {logFault} from '../log-fault';
import {toErrorBody} from './error-body';

/** Answers the errors of the component's own routes; all others pass by. */
@injectable(
  asMiddleware({
    group: 'chat.errors',
    upstreamGroups: RestMiddlewareGroups.SEND_RESPONSE,
    downstreamGroups: RestMiddlewareGroups.CORS,
  }),
  {scope: BindingScope.SINGLETON},
)
export class ErrorMiddlewareProvider implements Provider<Middleware> {
  constructor(
    @inject(ChatServiceBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  value(): Middleware {
    return (context, next) => this.answer(context, next);
  }

  private async answer(context: MiddlewareContext, next: Next) {
    try {
      return await next();
    } catch (err) {
      if (!(await isOwnRoute(context)) || context.response.headersSent)
        throw err;
      const body = toErrorBody(err);
      logFault(this.logger, body.error, err);
      context.response.status(body.error.statusCode).json(body);
      return context.response;
    }
  }
}

async function isOwnRoute(context: MiddlewareContext): Promise<boolean> {
  const controller = await context.get(CoreBindings.CONTROLLER_CLASS, {
    optional: true,
  });
  return CHAT_CONTROLLERS.some(own => own === controller);
}
