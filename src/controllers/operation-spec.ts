import type {OperationObject, SchemaObject} from '@loopback/rest';
import {CHAT_ERRORS, type ChatErrorCode} from '../errors';
import {CHAT_SECURITY_SCHEME} from '../keys';

/** The body of every error answer, as OpenAPI has it. */
const ERROR_SCHEMA: SchemaObject = {
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
};

const COMMON_ERRORS: ChatErrorCode[] = [
  'CHAT_UNAUTHENTICATED',
  'CHAT_FORBIDDEN',
  'CHAT_INPUT_INVALID',
  'CHAT_UNAVAILABLE',
];

/**
 * Makes the spec of an operation: its answer, its errors, its security.
 * @param errors - the errors it answers besides those of every operation
 */
export function operationSpec(
  summary: string,
  schema: object,
  errors: ChatErrorCode[] = [],
): OperationObject {
  const failures = [...COMMON_ERRORS, ...errors].map(code => [
    CHAT_ERRORS[code].statusCode,
    {
      description: code,
      content: {'application/json': {schema: ERROR_SCHEMA}},
    },
  ]);
  return {
    summary,
    tags: ['Chat'],
    security: [{[CHAT_SECURITY_SCHEME]: []}],
    responses: {
      200: {
        description: 'OK',
        content: {'application/json': {schema}},
      },
      ...Object.fromEntries(failures),
    },
  };
}
