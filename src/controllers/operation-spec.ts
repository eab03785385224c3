import type {OperationObject, SchemaObject} from '@loopback/rest';
import {inspect} from 'util';
import {CHAT_ERRORS, type ChatErrorCode} from '../errors';
import {CHAT_SECURITY_SCHEME} from '../keys';

/** What a body of JSON looks like, asked for or answered. */
export interface JsonContent {
  readonly schema: SchemaObject;
  readonly example: unknown;
}

/** Its schema is added to the document once: LoopBack copies what is in a spec. */
const ERROR_REF = {$ref: '#/components/schemas/ChatError'};

const COMMON_ERRORS: ChatErrorCode[] = [
  'CHAT_UNAUTHENTICATED',
  'CHAT_FORBIDDEN',
  'CHAT_INPUT_INVALID',
  'CHAT_INTERNAL',
  'CHAT_UNAVAILABLE',
];
const BODY_ERRORS: ChatErrorCode[] = ['CHAT_TOO_LARGE', 'CHAT_TYPE_REFUSED'];

/** The answer of what counts or changes many rows. */
export const COUNT: JsonContent = {
  schema: {
    title: 'Count',
    type: 'object',
    required: ['count'],
    properties: {count: {type: 'integer', minimum: 0}},
  },
  example: {count: 3},
};

/**
 * Makes the spec of an operation: its answer, its errors, its security.
 * @param answer - the body of the answer; without one the answer is 204
 * @param errors - those it answers besides those of every operation
 */
export function operationSpec(
  summary: string,
  answer?: JsonContent,
  errors: ChatErrorCode[] = [],
): OperationObject {
  const codes = [...COMMON_ERRORS, ...errors];
  const failures = codes.map(code => {
    const {statusCode} = CHAT_ERRORS[code];
    const hasStatus = (each: ChatErrorCode) =>
      CHAT_ERRORS[each].statusCode === statusCode;
    return [statusCode, failure(...codes.filter(hasStatus))];
  });
  const success = answer
    ? {200: {description: 'OK', content: {'application/json': answer}}}
    : {204: {description: 'Done'}};
  const spec = {
    summary,
    tags: ['Chat'],
    security: [{[CHAT_SECURITY_SCHEME]: []}],
    responses: {
      ...success,
      // What cannot be parsed; what can and is wrong is 422.
      400: failure('CHAT_INPUT_INVALID'),
      ...Object.fromEntries(failures),
    },
  };
  // LoopBack's router inspects the route at each request, for a line of debug
  // that nobody reads: of a spec as long as this it takes 0.1 ms.
  return Object.assign(spec, {[inspect.custom]: () => summary});
}

/** The same for an operation that takes a body. */
export function bodyOperationSpec(
  summary: string,
  answer?: JsonContent,
  errors: ChatErrorCode[] = [],
): OperationObject {
  return operationSpec(summary, answer, [...BODY_ERRORS, ...errors]);
}

/** Codes of one status share its place. */
function failure(...codes: ChatErrorCode[]) {
  const lines = codes.map(code => `${code}: ${CHAT_ERRORS[code].text}`);
  return {
    description: lines.join('\n'),
    content: {'application/json': {schema: ERROR_REF}},
  };
}
