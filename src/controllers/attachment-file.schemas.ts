import {
  type Request,
  type RequestBody,
  type RequestBodyObject,
  type SchemaObject,
} from '@loopback/rest';
import {AttachmentFile} from '../models';
import type {JsonContent} from './operation-spec';
import {
  AUDITED,
  changeOf,
  CHANNEL_ID,
  ID,
  OTHER_ID,
  rowOf,
  TEXT,
} from './schemas';

/** An attachment as the API answers it. */
export const ATTACHMENT: JsonContent = {
  schema: rowOf(AttachmentFile),
  example: {
    id: OTHER_ID,
    channelId: CHANNEL_ID,
    messageId: ID,
    fileKey: 'reports/2026.pdf',
    metaData: {pages: 12},
    ...AUDITED,
  },
};

/** A file that was uploaded. */
export const STORED_ATTACHMENT: JsonContent = {
  ...ATTACHMENT,
  example: {
    id: OTHER_ID,
    channelId: CHANNEL_ID,
    fileKey: '5f2b1c0e9d8a47b6a3f4c1d2e5b60718',
    name: 'report.pdf',
    mediaType: 'application/pdf',
    size: 48_213,
    sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    state: 'ready',
    ...AUDITED,
  },
};

/** What a change of one may name. */
export const ATTACHMENT_CHANGE: JsonContent = {
  schema: changeOf(AttachmentFile),
  example: {metaData: {pages: 13}},
};

const ATTACHMENT_SCHEMA: SchemaObject = {
  title: 'NewAttachmentFile',
  type: 'object',
  additionalProperties: false,
  properties: {
    channelId: TEXT,
    messageId: TEXT,
    fileKey: {...TEXT, description: "Of the host's own storage."},
    metaData: {type: 'object', additionalProperties: true},
  },
};

const ATTACHMENT_EXAMPLE = {
  fileKey: 'reports/2026.pdf',
  metaData: {pages: 12},
};

/** What a new attachment may say. */
export const NEW_ATTACHMENT: JsonContent = {
  schema: ATTACHMENT_SCHEMA,
  example: ATTACHMENT_EXAMPLE,
};

/** What the body of a bulk creation says. */
export const NEW_ATTACHMENTS: JsonContent = {
  schema: {
    title: 'NewAttachmentFiles',
    type: 'object',
    required: ['attachmentFiles'],
    additionalProperties: false,
    properties: {attachmentFiles: {type: 'array', items: ATTACHMENT_SCHEMA}},
  },
  example: {attachmentFiles: [ATTACHMENT_EXAMPLE]},
};

/** LoopBack's own `stream` goes on to hold the request to the schema. */
async function unread(request: Request): Promise<RequestBody> {
  return {value: request, schema: undefined};
}

/** A form with files, which nobody reads before the chat does. */
export const UPLOAD: RequestBodyObject = {
  required: true,
  description:
    'A form whose fields come before its files. It names `channelId`, or with' +
    ' `toUserId` the single channel with a user, which need not be there yet,' +
    ' or a message of your own.',
  content: {
    'multipart/form-data': {
      'x-parser': unread,
      schema: {
        title: 'Upload',
        type: 'object',
        required: ['file'],
        additionalProperties: false,
        properties: {
          channelId: TEXT,
          toUserId: TEXT,
          messageId: TEXT,
          file: {
            type: 'array',
            minItems: 1,
            items: {type: 'string', format: 'binary'},
            description: 'Each file is a part of this name.',
          },
        },
      },
      example: {channelId: CHANNEL_ID, file: ['(the bytes)']},
    },
  },
};
