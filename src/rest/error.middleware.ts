import {
  BindingScope,
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
import {ChatInternalBindings} from '../keys';
import type {ChatLogger} from '../types';
import {logFault} from '../log-fault';
import {asChatError, JsonText} from '../services';
import {toErrorBody} from './error-body';
import {drain, letPass} from './unread-body';
import {isOwnRoute} from './own-route';

/**
 * Answers the errors of the component's own routes, and their results that are
 * JSON already; all others pass by.
 */
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
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  value(): Middleware {
    return (context, next) => this.answer(context, next);
  }

  private async answer(context: MiddlewareContext, next: Next) {
    try {
      const result = await next();
      return result instanceof JsonText ? send(context, result) : result;
    } catch (err) {
      if (!isOwnRoute(context) || context.response.headersSent) throw err;
      const body = toErrorBody(err);
      logFault(this.logger, body.error, err);
      const {request, response} = context;
      // Closed after the answer with bytes still coming, the connection would
      // be reset, and the answer lost with it.
      if (!response.shouldKeepAlive) await drain(request);
      response.once('finish', () => letPass(request));
      const {retryAfterMs} = asChatError(err);
      if (retryAfterMs) {
        response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1000));
      }
      response.status(body.error.statusCode).json(body);
      return response;
    }
  }
}

function send({response}: MiddlewareContext, {text}: JsonText) {
  response.setHeader('Content-Type', 'application/json');
  // Bytes: of a text Node would count them first, and write it beside the head.
  response.end(Buffer.from(text));
  return response;
}
