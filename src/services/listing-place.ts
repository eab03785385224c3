import {invalidInput} from '../errors';
import {isStorable} from './input-rules';

/** How a listing is paged. */
export interface ListingQuery {
  /** 1 to 1000; 100 by default. */
  readonly limit?: number;
  /** Of the page before, as it was answered. */
  readonly pageToken?: string;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
/** Bounds the work of a hostile one; ids have at most 64 characters. */
const MAX_TOKEN_LENGTH = 1024;

/** @throws ChatError CHAT_INPUT_INVALID */
export function toLimit(limit: number = DEFAULT_LIMIT): number {
  const isRight = Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT;
  if (isRight) return limit;
  throw invalidInput('limit', `must be 1 to ${MAX_LIMIT}`);
}

/** Makes of the place where a page ends the token of the next one. */
export function placeToToken(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * Reads a token, which may come from anyone.
 * @param size - how many texts the place has
 * @throws ChatError CHAT_INPUT_INVALID when it is none of ours
 */
export function tokenToPlace(token: string, size: number): string[] {
  const place = token.length > MAX_TOKEN_LENGTH ? undefined : parse(token);
  const isPlace =
    Array.isArray(place) &&
    place.length === size &&
    place.every(text => typeof text === 'string' && isStorable(text));
  if (!isPlace) throw invalidInput('pageToken', 'must be of a page before');
  return place;
}

function parse(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}
