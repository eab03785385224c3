import {createBindingFromClass, type Binding} from '@loopback/core';
import {Gateway} from './gateway';
import {Handshake} from './handshake';
import {Publisher} from './publisher';

const PARTS = {
  gateway: Gateway,
  handshake: Handshake,
  publisher: Publisher,
};

/** Makes the bindings of the room's parts for one application. */
export function realtimeBindings(): Binding[] {
  return Object.entries(PARTS).map(([name, part]) =>
    createBindingFromClass<unknown>(part, {key: `chat.${name}`}),
  );
}
