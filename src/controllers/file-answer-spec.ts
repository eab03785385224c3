import type {OperationObject, ResponseObject} from '@loopback/rest';
import type {ChatErrorCode} from '../errors';
import {operationSpec, type JsonContent} from './operation-spec';

const ANY_BYTES = {
  '*/*': {schema: {type: 'string', format: 'binary'}},
} as const;

/**
 * Makes the spec of an operation that answers the bytes of a file, or with HEAD
 * only tells of them.
 */
export function fileAnswerSpec(
  summary: string,
  {isHead = false} = {},
): OperationObject {
  const errors: ChatErrorCode[] = ['CHAT_NOT_FOUND'];
  // Without bytes nothing is underway that could be too much.
  if (!isHead) errors.push('CHAT_RATE_LIMITED');
  const spec = operationSpec(summary, undefined, errors);
  const known = 'As known by `If-None-Match` or `If-Modified-Since`';
  const whole = 'The file, of the type that its bytes are of';
  if (isHead) {
    return withResponses(spec, {
      200: {description: whole},
      304: {description: known},
    });
  }
  return withResponses(spec, {
    200: {description: whole, content: ANY_BYTES},
    206: {description: 'The one range of `Range`', content: ANY_BYTES},
    304: {description: known},
    416: {description: '`Range` asks for nothing that is there'},
  });
}

/** Makes the spec of a listing that is answered as a table too. */
export function tableSpec(
  summary: string,
  answer: JsonContent,
  errors: ChatErrorCode[] = [],
): OperationObject {
  const description =
    'A page; by `Accept: text/csv` all rows that are selected, whatever `limit`' +
    ' and `pageToken` say';
  return withResponses(operationSpec(summary, answer, errors), {
    200: {
      description,
      content: {
        'application/json': answer,
        'text/csv': {schema: {type: 'string'}},
      },
    },
  });
}

function withResponses(
  spec: OperationObject,
  responses: Record<number, ResponseObject>,
): OperationObject {
  const others = {...spec.responses};
  delete others['204'];
  // What it looks like in a line of debug comes along.
  return {...spec, responses: {...others, ...responses}};
}
