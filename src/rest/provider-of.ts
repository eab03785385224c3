import type {Context} from '@loopback/core';

/** Tells which class provides a binding's value; undefined when none does. */
export function providerOf(context: Context, key: string) {
  return context.getBinding(key, {optional: true})?.providerConstructor;
}
