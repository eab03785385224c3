import {Message} from '../../models';
import {renamedProperties, type Row} from '../../repositories';
import {textOf, type SystemNote} from '../system-message.service';
import {TOMBSTONE} from '../tombstone';
import type {Erasure} from './erasure';

/** The properties of a message that hold the id of a user. */
export const MESSAGE_NAMES = renamedProperties(Message) as (
  'createdBy' | 'modifiedBy' | 'deletedBy' | 'toUserId'
)[];

/** Tells whether a message is one that the user wrote, not the server. */
export function isOwn({createdBy, kind}: Message, userId: string): boolean {
  return createdBy === userId && kind !== 'system';
}

/**
 * Says what has to be written into a message so that it tells nothing of the
 * user: the user's own becomes a tombstone, the server's names the alias, and
 * the texts of others stay theirs.
 * @returns undefined when it tells nothing of the user already
 */
export function erasedMessage(
  message: Message,
  erasure: Erasure,
  at: Date,
): Row | undefined {
  const {userId, alias} = erasure;
  const names = MESSAGE_NAMES.filter(name => message[name] === userId);
  const change: Row = {
    ...Object.fromEntries(names.map(name => [name, alias])),
    ...withoutMention(message, userId),
    ...(isOwn(message, userId) && tombstone(message, alias, at)),
    ...(message.kind === 'system' && rewrittenNote(message, erasure)),
  };
  return Object.keys(change).length ? change : undefined;
}

function tombstone({deleted}: Message, alias: string, at: Date): Row {
  const change = {...TOMBSTONE, modifiedBy: alias, modifiedOn: at};
  if (deleted) return change;
  return {...change, deleted: true, deletedBy: alias, deletedOn: at};
}

function withoutMention({mentions}: Message, userId: string): Row {
  if (!Array.isArray(mentions) || !mentions.includes(userId)) return {};
  const others = mentions.filter(id => id !== userId);
  return {mentions: others.length ? others : null};
}

/** The note is read as data: in the text an id may be a part of another one. */
function rewrittenNote(message: Message, {userId, alias}: Erasure): Row {
  const {createdBy, body, ext} = message;
  const isNamed = ext?.includes(JSON.stringify(userId)) ?? false;
  if ((!isNamed && createdBy !== userId) || (!body && !ext)) return {};
  const note = parsedNote(ext, {userId, alias});
  // What cannot be read may say anything.
  if (!note) return {body: '', ext: null};
  const actorId = createdBy === userId ? alias : (createdBy ?? '');
  return {body: textOf(actorId, note) ?? '', ext: JSON.stringify(note)};
}

function parsedNote(
  ext: string | undefined,
  {userId, alias}: Erasure,
): SystemNote | undefined {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    return value === userId ? alias : value;
  };
  try {
    const note: {userIds?: unknown} = Object(JSON.parse(ext ?? ''));
    if (!Array.isArray(note.userIds ?? [])) return undefined;
    const entries = Object.entries(note).map(([key, value]) =>
      // A group's name is the members' own text.
      key === 'name' ? [key, value] : [key, renamed(value)],
    );
    return Object.fromEntries(entries) as SystemNote;
  } catch {
    return undefined;
  }
}
