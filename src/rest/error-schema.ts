import type {SchemaObject} from '@loopback/rest';
import {CHAT_ERRORS} from '../errors';

/** The body of every error answer, as OpenAPI has it. */
export const ERROR_SCHEMA: SchemaObject = {
  title: 'ChatError',
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['statusCode', 'name', 'message', 'code'],
      properties: {
        statusCode: {type: 'integer'},
        name: {type: 'string'},
        message: {type: 'string'},
        code: {type: 'string', enum: Object.keys(CHAT_ERRORS)},
        details: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'problem'],
            properties: {path: {type: 'string'}, problem: {type: 'string'}},
          },
        },
      },
    },
  },
  example: {
    error: {
      statusCode: 422,
      name: 'ChatError',
      message: CHAT_ERRORS.CHAT_INPUT_INVALID.text,
      code: 'CHAT_INPUT_INVALID',
      details: [{path: 'where.channelId', problem: 'must be a string'}],
    },
  },
};
