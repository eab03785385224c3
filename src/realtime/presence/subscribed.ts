import type {ChatSocket} from '../chat-socket';
import {presenceUserOf} from '../rooms';

/** Bounds the users one connection is told of. */
export const MAX_SUBSCRIPTIONS = 1000;

/** @returns of whom a connection is told */
export function seenBy({rooms}: ChatSocket): string[] {
  return [...rooms].flatMap(room => presenceUserOf(room) ?? []);
}
