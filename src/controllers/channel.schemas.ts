import {getModelSchemaRef, type SchemaObject} from '@loopback/rest';
import {Message} from '../models';
import type {JsonContent} from './operation-spec';
import {MESSAGE} from './message.schemas';
import {FLAG, TEXT} from './schemas';

const NUMBER: SchemaObject = {type: 'integer', minimum: 0};
const MESSAGE_REF = getModelSchemaRef(Message);

const REACTION_COUNT: SchemaObject = {
  type: 'object',
  required: ['emoji', 'userIds'],
  additionalProperties: false,
  properties: {emoji: TEXT, userIds: {type: 'array', items: TEXT}},
};

/** Written once into the document under its title, and referred to. */
function named(schema: SchemaObject & {title: string}): SchemaObject {
  const definitions = {[schema.title]: schema};
  return {
    $ref: `#/components/schemas/${schema.title}`,
    definitions,
  } as SchemaObject;
}

function channelMessage(): SchemaObject {
  const {definitions = {}} = MESSAGE_REF;
  const {properties, ...schema} = definitions.Message as SchemaObject;
  return named({
    ...schema,
    title: 'ChannelMessage',
    required: [...(schema.required ?? []), 'id', 'seq', 'changeSeq'],
    properties: {
      ...properties,
      reactions: {type: 'array', items: REACTION_COUNT},
    },
  });
}

const MEMBER_CURSOR: SchemaObject & {title: string} = {
  title: 'MemberCursor',
  type: 'object',
  required: ['userId', 'receivedSeq', 'readSeq'],
  additionalProperties: false,
  properties: {userId: TEXT, receivedSeq: NUMBER, readSeq: NUMBER},
};

const MEMBER: SchemaObject & {title: string} = {
  ...MEMBER_CURSOR,
  title: 'MemberView',
  required: ['userId', 'role', 'receivedSeq', 'readSeq'],
  properties: {
    ...MEMBER_CURSOR.properties,
    role: {type: 'string', enum: ['owner', 'admin', 'member']},
  },
};

const CHANNEL_SCHEMA = named({
  title: 'ChannelView',
  type: 'object',
  required: [
    ...['id', 'type', 'messageSeq', 'changeSeq', 'rosterChangeSeq'],
    ...['activeOn', 'receivedSeq', 'readSeq', 'muted', 'pinned', 'unread'],
  ],
  additionalProperties: false,
  properties: {
    id: TEXT,
    type: TEXT,
    name: TEXT,
    avatar: TEXT,
    ownerId: TEXT,
    sizeClass: {type: 'string', enum: ['basic', 'big']},
    messageSeq: {...NUMBER, description: 'Number of the newest message.'},
    changeSeq: {...NUMBER, description: 'Number of the newest change.'},
    rosterChangeSeq: {
      ...NUMBER,
      description: 'Number of the newest change of members or properties.',
    },
    activeOn: {type: 'string', format: 'date-time'},
    role: {
      ...{type: 'string', enum: ['owner', 'admin', 'member']},
      description: "The caller's own; absent for who is no member.",
    },
    receivedSeq: NUMBER,
    readSeq: NUMBER,
    muted: FLAG,
    pinned: FLAG,
    unread: {
      ...NUMBER,
      description: 'How many messages of others there are after readSeq.',
    },
    lastMessage: {$ref: MESSAGE_REF.$ref} as SchemaObject,
  },
});

const CHANNEL_EXAMPLE = {
  id: 'team-7',
  type: 'group',
  name: 'Team 7',
  ownerId: 'ann',
  sizeClass: 'basic',
  messageSeq: 41,
  changeSeq: 57,
  rosterChangeSeq: 3,
  activeOn: '2026-01-31T12:00:00.000Z',
  role: 'member',
  receivedSeq: 41,
  readSeq: 39,
  muted: false,
  pinned: true,
  unread: 2,
  lastMessage: MESSAGE.example,
};
const CURSOR_EXAMPLE = {userId: 'bob', receivedSeq: 41, readSeq: 39};
const REACTED_EXAMPLE = {
  ...Object(MESSAGE.example),
  reactions: [{emoji: '👍', userIds: ['bob']}],
};

/** A channel as the caller sees it. */
export const CHANNEL: JsonContent = {
  schema: CHANNEL_SCHEMA,
  example: CHANNEL_EXAMPLE,
};

/** A page of the caller's channels. */
export const CHANNEL_PAGE: JsonContent = {
  schema: {
    title: 'ChannelPage',
    type: 'object',
    required: ['channels'],
    additionalProperties: false,
    properties: {
      channels: {type: 'array', items: CHANNEL_SCHEMA},
      nextPageToken: {...TEXT, description: 'Absent on the last page.'},
    },
    definitions: MESSAGE_REF.definitions,
  } as SchemaObject,
  example: {channels: [CHANNEL_EXAMPLE], nextPageToken: 'WzE3Njk4NTZd'},
};

/** Messages with what was said to them by emoji. */
export const CHANNEL_MESSAGES: JsonContent = {
  schema: {type: 'array', items: channelMessage()},
  example: [REACTED_EXAMPLE],
};

/** What a client is behind. */
export const CHANNEL_CHANGES: JsonContent = {
  schema: {
    title: 'ChannelChanges',
    type: 'object',
    required: ['channel', 'messages', 'membersChanged', 'changeSeq', 'more'],
    additionalProperties: false,
    properties: {
      channel: CHANNEL_SCHEMA,
      messages: {type: 'array', items: channelMessage()},
      membersChanged: FLAG,
      members: {type: 'array', items: named(MEMBER)},
      changeSeq: {...NUMBER, description: 'The next `since`.'},
      more: {...FLAG, description: 'Whether to ask for more at once.'},
    },
  },
  example: {
    channel: CHANNEL_EXAMPLE,
    messages: [REACTED_EXAMPLE],
    membersChanged: true,
    members: [{...CURSOR_EXAMPLE, role: 'member'}],
    changeSeq: 57,
    more: false,
  },
};

/** How far each member has come. */
export const MEMBER_CURSORS: JsonContent = {
  schema: {type: 'array', items: named(MEMBER_CURSOR)},
  example: [CURSOR_EXAMPLE],
};

const CURSOR_EXAMPLE_OWN = {receivedSeq: 41, readSeq: 41};

/** The caller's own cursor. */
export const CURSOR: JsonContent = {
  schema: {
    title: 'Cursor',
    type: 'object',
    required: ['receivedSeq', 'readSeq'],
    properties: {receivedSeq: NUMBER, readSeq: NUMBER},
  },
  example: CURSOR_EXAMPLE_OWN,
};

/** Where the caller's cursor is to be moved. */
export const CURSOR_MOVE: JsonContent = {
  schema: {
    title: 'CursorMove',
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      receivedSeq: {...NUMBER, maximum: 2 ** 31 - 1},
      readSeq: {...NUMBER, maximum: 2 ** 31 - 1},
    },
  },
  example: {readSeq: 41},
};
