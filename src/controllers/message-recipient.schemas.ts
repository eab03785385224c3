import type {SchemaObject} from '@loopback/rest';
import {MessageRecipient} from '../models';
import type {JsonContent} from './operation-spec';
import {
  AUDITED,
  changeOf,
  CHANNEL_ID,
  FLAG,
  ID,
  OTHER_ID,
  rowOf,
  TEXT,
} from './schemas';

/** A recipient as the API answers it. */
export const RECIPIENT: JsonContent = {
  schema: rowOf(MessageRecipient),
  example: {
    id: OTHER_ID,
    channelId: CHANNEL_ID,
    recipientId: 'bob',
    messageId: ID,
    isRead: false,
    isFavorite: true,
    isForwarded: false,
    ...AUDITED,
  },
};

/** What a change of one may name. */
export const RECIPIENT_CHANGE: JsonContent = {
  schema: changeOf(MessageRecipient),
  example: {isRead: true},
};

const RECIPIENT_SCHEMA: SchemaObject = {
  title: 'NewMessageRecipient',
  type: 'object',
  required: ['recipientId'],
  additionalProperties: false,
  properties: {
    recipientId: TEXT,
    messageId: TEXT,
    channelId: TEXT,
    isRead: FLAG,
    isFavorite: FLAG,
    isForwarded: FLAG,
    forwardedBy: {
      ...TEXT,
      description: 'Not heard: who forwards is who is authenticated.',
    },
  },
};

/** What a new recipient of the message in the path may say. */
export const NEW_RECIPIENT: JsonContent = {
  schema: RECIPIENT_SCHEMA,
  example: {recipientId: 'bob', isFavorite: true},
};

/** What a new recipient of any message has to say. */
export const NEW_RECIPIENT_OF_MESSAGE: JsonContent = {
  schema: {
    ...RECIPIENT_SCHEMA,
    title: 'NewRecipientOfMessage',
    required: ['recipientId', 'messageId'],
  },
  example: {recipientId: 'bob', messageId: ID},
};
