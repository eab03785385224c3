import type {SchemaObject} from '@loopback/rest';
import type {JsonContent} from './operation-spec';
import {FLAG, TEXT} from './schemas';

const INSTANT: SchemaObject = {type: 'string', format: 'date-time'};

const PROFILE: SchemaObject = {
  title: 'UserProfile',
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: {
    id: TEXT,
    account: TEXT,
    avatar: TEXT,
    email: TEXT,
    registeredOn: INSTANT,
    updatedOn: INSTANT,
  },
};

const EXAMPLE = {
  userId: 'bob',
  isFriend: true,
  remark: 'Bob of the choir',
  starred: false,
  blocked: false,
  profile: {id: 'bob', account: 'Bob'},
  createdOn: '2026-01-31T12:00:00.000Z',
  modifiedOn: '2026-01-31T12:00:00.000Z',
};

/** A contact as the API answers it. */
export const CONTACT: JsonContent = {
  schema: {
    title: 'Contact',
    type: 'object',
    additionalProperties: false,
    required: [
      ...['userId', 'isFriend', 'starred', 'blocked'],
      ...['createdOn', 'modifiedOn'],
    ],
    properties: {
      userId: TEXT,
      isFriend: FLAG,
      remark: {...TEXT, description: "The caller's own name for the contact."},
      starred: FLAG,
      blocked: FLAG,
      profile: PROFILE,
      createdOn: INSTANT,
      modifiedOn: INSTANT,
    },
  },
  example: EXAMPLE,
};

/** A page of contacts. */
export const CONTACT_PAGE: JsonContent = {
  schema: {
    title: 'ContactPage',
    type: 'object',
    additionalProperties: false,
    required: ['contacts'],
    properties: {
      contacts: {type: 'array', items: CONTACT.schema},
      nextPageToken: {...TEXT, description: 'Absent on the last page.'},
    },
  },
  example: {contacts: [EXAMPLE]},
};

/** What a change of a contact may name. */
export const CONTACT_CHANGE: JsonContent = {
  schema: {
    title: 'ContactChange',
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: {
      remark: {
        ...TEXT,
        nullable: true,
        description: 'At most 200 characters; null takes it away.',
      },
      starred: FLAG,
      blocked: FLAG,
    },
  },
  example: {blocked: true},
};
