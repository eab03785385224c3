import type {OperationObject, Response, SchemaObject} from '@loopback/rest';

const PROBLEMS: Record<number, string> = {
  401: 'No valid token, or a wrong password',
  403: 'A permission is missing',
  404: 'There is no such account',
  409: 'It is there already',
  422: 'The input is not valid',
  429: 'Too many logins failed; see Retry-After',
};
const ERROR: SchemaObject = {
  title: 'Error',
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['statusCode', 'name', 'message'],
      properties: {
        statusCode: {type: 'integer'},
        name: {type: 'string'},
        message: {type: 'string'},
        code: {type: 'string'},
      },
    },
  },
};

/** Of operations that ask for a token. */
export const OWN: Partial<OperationObject> = {security: [{chatBearer: []}]};

/**
 * Describes an operation for the explorer.
 * @param errors - statuses that it answers besides
 * @param schema - of what it answers; without one it answers 204
 */
export function operation(
  summary: string,
  errors: readonly number[],
  schema?: SchemaObject,
): OperationObject {
  const problems = errors.map(status => [
    status,
    {
      description: PROBLEMS[status],
      content: {'application/json': {schema: ERROR}},
    },
  ]);
  const success = schema
    ? {200: {description: 'OK', content: {'application/json': {schema}}}}
    : {204: {description: 'Done'}};
  return {
    summary,
    tags: ['Accounts'],
    responses: {...success, ...Object.fromEntries(problems)},
  };
}

/** Says how long to wait where the work fails for too many failures. */
export async function withRetryAfter<T>(
  response: Response,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (err) {
    const {retryAfterSeconds} = Object(err);
    if (retryAfterSeconds) response.set('Retry-After', `${retryAfterSeconds}`);
    throw err;
  }
}
