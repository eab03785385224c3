import type {SchemaObject} from '@loopback/rest';
import type {JsonContent} from './operation-spec';
import {TEXT} from './schemas';

const INSTANT: SchemaObject = {type: 'string', format: 'date-time'};

/** Every status of a notification, in the order of their coming. */
export const STATUS: SchemaObject = {
  type: 'string',
  enum: ['initial', 'received', 'read', 'fulfilled', 'rejected'],
};

const EXAMPLE = {
  id: '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01',
  type: 'add_friend',
  senderId: 'ann',
  receiverId: 'bob',
  status: 'initial',
  remark: 'Ann, from the choir',
  createdOn: '2026-01-31T12:00:00.000Z',
  modifiedOn: '2026-01-31T12:00:00.000Z',
};

/** A notification as the API answers it. */
export const NOTIFICATION: JsonContent = {
  schema: {
    title: 'Notification',
    type: 'object',
    additionalProperties: false,
    required: [
      ...['id', 'type', 'senderId', 'receiverId', 'status'],
      ...['createdOn', 'modifiedOn'],
    ],
    properties: {
      id: {...TEXT, description: 'A UUID.'},
      type: {
        ...TEXT,
        enum: ['add_friend', 'del_friend', 'group_invite', 'custom'],
      },
      senderId: TEXT,
      receiverId: TEXT,
      channelId: {...TEXT, description: 'Of an invitation: the group.'},
      status: STATUS,
      remark: TEXT,
      ext: {...TEXT, description: "The sender's own data; it is not read."},
      createdOn: INSTANT,
      modifiedOn: INSTANT,
    },
  },
  example: EXAMPLE,
};

/** A page of notifications. */
export const NOTIFICATION_PAGE: JsonContent = {
  schema: {
    title: 'NotificationPage',
    type: 'object',
    additionalProperties: false,
    required: ['notifications'],
    properties: {
      notifications: {type: 'array', items: NOTIFICATION.schema},
      nextPageToken: {...TEXT, description: 'Absent on the last page.'},
    },
  },
  example: {notifications: [EXAMPLE]},
};

/** What a new notification may say. */
export const NEW_NOTIFICATION: JsonContent = {
  schema: {
    title: 'NewNotification',
    type: 'object',
    required: ['type', 'receiverId'],
    additionalProperties: false,
    properties: {
      id: {...TEXT, description: 'A UUID made by the client.'},
      type: {...TEXT, enum: ['add_friend', 'group_invite', 'custom']},
      receiverId: TEXT,
      channelId: {...TEXT, description: 'Of an invitation: the group.'},
      remark: {...TEXT, description: 'At most 500 characters.'},
      ext: {...TEXT, description: "The client's own data; it is not read."},
    },
  },
  example: {type: 'group_invite', receiverId: 'bob', channelId: 'group-1'},
};

/** How far a notification has come. */
export const NOTIFICATION_CHANGE: JsonContent = {
  schema: {
    title: 'NotificationChange',
    type: 'object',
    required: ['status'],
    additionalProperties: false,
    properties: {status: STATUS},
  },
  example: {status: 'read'},
};

/** Whom one wants to be friends with. */
export const NEW_CONTACT_REQUEST: JsonContent = {
  schema: {
    title: 'NewContactRequest',
    type: 'object',
    required: ['userId'],
    additionalProperties: false,
    properties: {
      id: {...TEXT, description: 'A UUID made by the client.'},
      userId: TEXT,
      remark: {...TEXT, description: 'At most 500 characters.'},
    },
  },
  example: {userId: 'bob', remark: 'Ann, from the choir'},
};
