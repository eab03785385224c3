import {CoreBindings} from '@loopback/core';
import type {MiddlewareContext} from '@loopback/rest';
import {CHAT_CONTROLLERS} from '../controllers';

/** Tells whether the route that was found for a request is the component's. */
export function isOwnRoute(context: MiddlewareContext): boolean {
  const controller = context.getSync(CoreBindings.CONTROLLER_CLASS, {
    optional: true,
  });
  return CHAT_CONTROLLERS.some(own => own === controller);
}
