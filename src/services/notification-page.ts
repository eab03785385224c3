import type {Where} from '@loopback/repository';
import {invalidInput} from '../errors';
import type {Notification} from '../models';
import {isUuid} from './input-rules';
import {tokenToPlace, placeToToken} from './listing-place';

/** Some of the notifications, and where there are more. */
export interface NotificationPage {
  readonly notifications: Notification[];
  readonly nextPageToken?: string;
}

/** @param found - up to one more than the page has room for, the newest first */
export function toPage(
  found: readonly Notification[],
  limit: number,
): NotificationPage {
  const notifications = found.slice(0, limit);
  if (found.length <= limit) return {notifications};
  const {createdOn, id} = notifications[limit - 1];
  const nextPageToken = placeToToken([`${createdOn.getTime()}`, id]);
  return {notifications, nextPageToken};
}

/**
 * Selects what comes after the page of a token.
 * @throws ChatError CHAT_INPUT_INVALID
 */
export function isBefore(pageToken: string): Where<Notification> {
  const [time, id] = tokenToPlace(pageToken, 2);
  if (!/^\d{1,14}$/.test(time) || !isUuid(id)) {
    throw invalidInput('pageToken', 'must be of a page before');
  }
  const createdOn = new Date(Number(time));
  const isEarlier = {createdOn: {lt: createdOn}};
  const isBeside = {createdOn: {eq: createdOn}, id: {lt: id}};
  return {
    // The first condition is what an index is read by.
    and: [{createdOn: {lte: createdOn}}, {or: [isEarlier, isBeside]}],
  } as Where<Notification>;
}
