import {invalidInput} from '../errors';
import type {ChannelMark} from '../repositories';
import {isId} from './input-rules';

/** Two ids of four bytes a character, a time, and what JSON and base64 add. */
const MAX_LENGTH = 512;
const BASE64URL = /^[\w-]+$/;
const MAX_TIME = Date.parse('9999-12-31T23:59:59Z');

/** Writes where a listing of channels goes on as a text that clients do not read. */
export function toPageToken({activeOn, id}: ChannelMark): string {
  const mark = JSON.stringify([activeOn.getTime(), id]);
  return Buffer.from(mark).toString('base64url');
}

/** @throws ChatError CHAT_INPUT_INVALID when the text is no token of ours */
export function fromPageToken(token: unknown): ChannelMark {
  const mark = typeof token === 'string' ? decode(token) : undefined;
  if (!mark) throw invalidInput('pageToken', 'must be a token of this listing');
  return mark;
}

function decode(token: string): ChannelMark | undefined {
  if (token.length > MAX_LENGTH || !BASE64URL.test(token)) return undefined;
  const parsed = parse(Buffer.from(token, 'base64url').toString());
  if (!Array.isArray(parsed) || parsed.length !== 2) return undefined;
  const [time, id]: unknown[] = parsed;
  const isTime =
    typeof time === 'number' && Number.isInteger(time) && time >= 0;
  if (!isTime || time > MAX_TIME) return undefined;
  if (typeof id !== 'string' || !isId(id)) return undefined;
  return {activeOn: new Date(time), id};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
