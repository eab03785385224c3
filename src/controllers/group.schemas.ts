import type {SchemaObject} from '@loopback/rest';
import type {JsonContent} from './operation-spec';
import {TEXT} from './schemas';

const COUNT: SchemaObject = {type: 'integer', minimum: 0};
const INSTANT: SchemaObject = {type: 'string', format: 'date-time'};
const NAME = {...TEXT, description: '1 to 200 characters.'};
const AVATAR = {
  ...TEXT,
  description: 'An https address, or the id of an attachment.',
};
const SIZE: SchemaObject = {type: 'string', enum: ['basic', 'big']};
const ROLE: SchemaObject = {type: 'string', enum: ['owner', 'admin', 'member']};
const USERS: SchemaObject = {
  type: 'array',
  items: TEXT,
  description: 'Ids of users.',
};
const AT = '2026-01-31T12:00:00.000Z';

const MEMBER_SCHEMA: SchemaObject = {
  title: 'GroupMember',
  type: 'object',
  required: ['userId', 'role', 'receivedSeq', 'readSeq'],
  properties: {
    userId: TEXT,
    role: ROLE,
    receivedSeq: COUNT,
    readSeq: COUNT,
    since: INSTANT,
  },
};

/** A member of a group, as the API answers it. */
export const GROUP_MEMBER: JsonContent = {
  schema: MEMBER_SCHEMA,
  example: {
    userId: 'bob',
    role: 'member',
    receivedSeq: 7,
    readSeq: 5,
    since: AT,
  },
};

/** A group as the API answers it. */
export const GROUP: JsonContent = {
  schema: {
    title: 'Group',
    type: 'object',
    required: [
      ...['id', 'name', 'type', 'ownerId', 'memberCount'],
      ...['messageSeq', 'changeSeq', 'createdBy'],
    ],
    properties: {
      id: TEXT,
      name: TEXT,
      avatar: AVATAR,
      type: SIZE,
      ownerId: TEXT,
      memberCount: COUNT,
      messageSeq: {...COUNT, description: 'Number of the newest message.'},
      changeSeq: {...COUNT, description: 'Number of the newest change.'},
      createdBy: TEXT,
      createdOn: INSTANT,
      members: {
        type: 'array',
        items: MEMBER_SCHEMA,
        description: 'Only where they are included.',
      },
    },
  },
  example: {
    id: '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01',
    name: 'Hiking',
    avatar: 'https://example.com/hiking.png',
    type: 'basic',
    ownerId: 'ann',
    memberCount: 2,
    messageSeq: 1,
    changeSeq: 2,
    createdBy: 'ann',
    createdOn: AT,
  },
};

/** What a new group may say. */
export const NEW_GROUP: JsonContent = {
  schema: {
    title: 'NewGroup',
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: NAME,
      avatar: AVATAR,
      type: {...SIZE, description: '`basic` when it is not said.'},
      members: USERS,
    },
  },
  example: {name: 'Hiking', type: 'basic', members: ['bob']},
};

/** What of a group may change. */
export const GROUP_CHANGE: JsonContent = {
  schema: {
    title: 'GroupChange',
    type: 'object',
    additionalProperties: false,
    properties: {
      name: NAME,
      avatar: {
        ...AVATAR,
        nullable: true,
        description: `${AVATAR.description} \`null\` takes it away.`,
      },
    },
  },
  example: {name: 'Hiking on Sundays'},
};

/** Who is to become a member. */
export const NEW_MEMBERS: JsonContent = {
  schema: {
    title: 'NewGroupMembers',
    type: 'object',
    required: ['members'],
    additionalProperties: false,
    properties: {members: USERS},
  },
  example: {members: ['bob', 'cid']},
};

/** What of a member may change. */
export const ROLE_CHANGE: JsonContent = {
  schema: {
    title: 'GroupRole',
    type: 'object',
    required: ['role'],
    additionalProperties: false,
    properties: {role: ROLE},
  },
  example: {role: 'admin'},
};
