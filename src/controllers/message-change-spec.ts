import {param, type ParameterObject, type SchemaObject} from '@loopback/rest';
import type {JsonContent} from './operation-spec';
import {TEXT} from './schemas';

const NUMBER: SchemaObject = {type: 'integer', minimum: 0};
const INSTANT: SchemaObject = {type: 'string', format: 'date-time'};

/** The answer of what changes a message. */
export const CHANGE_NUMBER: JsonContent = {
  schema: {
    title: 'ChangeNumber',
    type: 'object',
    required: ['changeSeq'],
    properties: {
      changeSeq: {
        ...NUMBER,
        description: "Of the change; where nothing changed, the message's own.",
      },
    },
  },
  example: {changeSeq: 8},
};

/** The reactions to a message. */
export const REACTIONS: JsonContent = {
  schema: {
    type: 'array',
    items: {
      title: 'ReactionGroup',
      type: 'object',
      required: ['emoji', 'userIds', 'count'],
      properties: {
        emoji: TEXT,
        userIds: {
          type: 'array',
          items: TEXT,
          maxItems: 100,
          description: "The caller's own among them, oldest first.",
        },
        count: {...NUMBER, description: 'Of all users with this emoji.'},
      },
    },
  },
  example: [{emoji: '👍', userIds: ['ann', 'bob'], count: 2}],
};

/** What a message said before. */
export const EDITS: JsonContent = {
  schema: {
    type: 'array',
    items: {
      title: 'FormerVersion',
      type: 'object',
      required: ['body', 'changeSeq', 'writtenOn', 'replacedOn'],
      properties: {
        body: TEXT,
        ext: TEXT,
        changeSeq: {
          ...NUMBER,
          description: 'Number that the message had when it said this last.',
        },
        writtenOn: INSTANT,
        replacedOn: INSTANT,
      },
    },
  },
  example: [
    {
      body: 'Helo Bob',
      changeSeq: 1,
      writtenOn: '2026-01-31T12:00:00.000Z',
      replacedOn: '2026-01-31T12:00:05.000Z',
    },
  ],
};

/** The emoji in the path. */
export const emojiParam = () =>
  param({
    name: 'emoji',
    in: 'path',
    required: true,
    description: 'One emoji, or a `:shortcode:`; URL-encoded.',
    schema: {type: 'string'},
    example: '👍',
  } as ParameterObject);
