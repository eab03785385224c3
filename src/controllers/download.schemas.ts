import type {SchemaObject} from '@loopback/rest';
import type {JsonContent} from './operation-spec';
import {TEXT} from './schemas';

const INSTANT: SchemaObject = {type: 'string', format: 'date-time'};
const BYTES: SchemaObject = {type: 'integer', minimum: 0};

export const VARIANT: SchemaObject = {
  ...TEXT,
  enum: ['original', 'thumbnail'],
};
export const PART: SchemaObject = {
  ...TEXT,
  enum: ['whole', 'range', 'head', 'not_modified'],
};
const OUTCOMES = ['complete', 'aborted', 'failed'];

/** An outcome to look for; `open` stands for none yet. */
export const SOUGHT_OUTCOME: SchemaObject = {
  ...TEXT,
  enum: [...OUTCOMES, 'open'],
};

const EXAMPLE = {
  id: '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f02',
  fileId: '0190a5b4-6f2c-7d3e-8a41-5b6c7d8e9f01',
  channelId: 'task-1',
  userId: 'bob',
  variant: 'original',
  part: 'range',
  rangeStart: 0,
  rangeEnd: 1023,
  address: '192.0.2.1',
  startedOn: '2026-01-31T12:00:00.000Z',
  endedOn: '2026-01-31T12:00:01.000Z',
  bytesSent: 1024,
  outcome: 'complete',
};

const DOWNLOAD: SchemaObject = {
  title: 'AttachmentDownload',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'fileId', 'userId', 'variant', 'part', 'startedOn'],
  properties: {
    id: {...TEXT, description: 'A UUID.'},
    fileId: TEXT,
    channelId: {...TEXT, description: 'As of the file when it was asked for.'},
    messageId: {...TEXT, description: 'As of the file when it was asked for.'},
    userId: TEXT,
    variant: VARIANT,
    part: PART,
    rangeStart: {...BYTES, description: 'The first byte of a range, from 0.'},
    rangeEnd: {...BYTES, description: 'The last byte of a range.'},
    address: {...TEXT, description: 'From where, as the server sees it.'},
    userAgent: TEXT,
    startedOn: INSTANT,
    endedOn: INSTANT,
    bytesSent: BYTES,
    outcome: {
      ...TEXT,
      enum: OUTCOMES,
      description:
        '`aborted` by who asked, `failed` by the server; absent while it is' +
        ' underway, and when its process ended first.',
    },
  },
};

/** A page of downloads. */
export const DOWNLOAD_PAGE: JsonContent = {
  schema: {
    title: 'DownloadPage',
    type: 'object',
    additionalProperties: false,
    required: ['downloads'],
    properties: {
      downloads: {type: 'array', items: DOWNLOAD},
      nextPageToken: {...TEXT, description: 'Absent on the last page.'},
    },
  },
  example: {downloads: [EXAMPLE]},
};
