import {HttpErrors} from '@loopback/rest';
import {
  CHAT_ERRORS,
  ChatError,
  invalidInput,
  type ChatErrorCode,
  type InputProblem,
} from '../errors';
import {asChatError} from '../services';

/** The body of every error answer. */
export interface ErrorBody {
  readonly error: {
    readonly statusCode: number;
    readonly name: string;
    readonly message: string;
    readonly code: ChatErrorCode;
    readonly details?: InputProblem[];
  };
}

const CODE_BY_STATUS = new Map<number, ChatErrorCode>([
  [400, 'CHAT_INPUT_INVALID'],
  [401, 'CHAT_UNAUTHENTICATED'],
  [403, 'CHAT_FORBIDDEN'],
  [404, 'CHAT_NOT_FOUND'],
  [409, 'CHAT_CONFLICT'],
  [413, 'CHAT_TOO_LARGE'],
  [415, 'CHAT_TYPE_REFUSED'],
  [422, 'CHAT_INPUT_INVALID'],
  [429, 'CHAT_RATE_LIMITED'],
]);

/** Makes the answer's body of any error, the framework's own included. */
export function toErrorBody(err: unknown): ErrorBody {
  const own = HttpErrors.isHttpError(err)
    ? CODE_BY_STATUS.get(err.statusCode)
    : undefined;
  if (own && HttpErrors.isHttpError(err)) {
    if (isWrongParameter(err)) return toErrorBody(wrongParameter(err));
    return {
      error: {
        statusCode: err.statusCode,
        name: ChatError.name,
        message: CHAT_ERRORS[own].text,
        code: own,
        ...(Array.isArray(err.details) && {
          details: err.details.map(toInputProblem),
        }),
      },
    };
  }
  const {statusCode, name, message, code, details} = asChatError(err);
  return {
    error: {statusCode, name, message, code, ...(details && {details})},
  };
}

/** The framework answers 400 to a parameter that it can read and that is wrong. */
function isWrongParameter(err: HttpErrors.HttpError): boolean {
  return (
    err.code === 'INVALID_PARAMETER_VALUE' &&
    err.details?.syntaxError === undefined
  );
}

function wrongParameter(err: HttpErrors.HttpError): ChatError {
  const [first]: SchemaProblem[] = err.details ?? [];
  const problem = String(first?.message ?? 'is not valid');
  return invalidInput(String(err.parameterName), problem);
}

/** What the framework says of a body or parameter that fits no schema. */
interface SchemaProblem {
  path?: unknown;
  message?: unknown;
  info?: {missingProperty?: string; additionalProperty?: string};
}

function toInputProblem({path, message, info}: SchemaProblem): InputProblem {
  const property = info?.missingProperty ?? info?.additionalProperty;
  const steps = String(path ?? '')
    .split('/')
    .concat(property ?? '')
    .filter(step => step !== '');
  return {
    path: steps.join('.'),
    problem: String(message ?? 'is not valid'),
  };
}
