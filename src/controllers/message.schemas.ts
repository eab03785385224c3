import {Message} from '../models';
import type {JsonContent} from './operation-spec';
import {AUDITED, changeOf, CHANNEL_ID, ID, rowOf, TEXT} from './schemas';

/** A message as the API answers it. */
export const MESSAGE: JsonContent = {
  schema: rowOf(Message),
  example: {
    id: ID,
    body: 'Hello Bob',
    channelId: CHANNEL_ID,
    channelType: 'single',
    status: 0,
    toUserId: 'bob',
    seq: 1,
    changeSeq: 1,
    kind: 'text',
    ...AUDITED,
  },
};

/** What a change of one may name. */
export const MESSAGE_CHANGE: JsonContent = {
  schema: changeOf(Message),
  example: {body: 'Hello Bob, how are you?'},
};

/** What a new message may say. */
export const NEW_MESSAGE: JsonContent = {
  schema: {
    title: 'NewMessage',
    type: 'object',
    anyOf: [{required: ['body']}, {required: ['forwardedFrom']}],
    additionalProperties: false,
    properties: {
      id: {...TEXT, description: 'A UUID made by the client.'},
      body: TEXT,
      toUserId: {...TEXT, description: 'The other user, for a message to one.'},
      channelId: TEXT,
      channelType: {
        ...TEXT,
        description: "Of a host's own channel, for the first message in it.",
      },
      subject: TEXT,
      ext: {...TEXT, description: "The client's own data; it is not read."},
      status: {type: 'integer'},
      parentMessageId: {...TEXT, description: 'The message that is answered.'},
      mentions: {
        type: 'array',
        items: TEXT,
        description: 'At most 100 ids of members whom it is to draw in.',
      },
      attachmentIds: {
        type: 'array',
        items: TEXT,
        description:
          "At most 100 ids of the sender's own files of the channel, each of which one message carries.",
      },
      forwardedFrom: {
        ...TEXT,
        description:
          'The message that is passed on, and says what `body` does not.',
      },
    },
  },
  example: {toUserId: 'bob', body: 'Hello Bob'},
};
