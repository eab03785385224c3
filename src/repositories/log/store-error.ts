import {DuplicateMessageError} from './message-appender';

/** What a failed statement means for whoever sent it. */
export type StoreFailure = 'duplicate' | 'collision' | 'unavailable' | 'fault';

const DUPLICATE = new Set(['23505', 'ER_DUP_ENTRY']);
// Two transactions in each other's way: the same statement may pass at once.
const COLLISION = new Set([
  '40001',
  '40P01',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
]);
// Connection lost, out of resources, shut down by the operator, system error.
const UNAVAILABLE_CLASSES = /^(08|53|57|58|70)/;
// Unlike the system's own codes (EPIPE), each has a digit.
const SQL_STATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** What a program throws of itself, and no driver does. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError];

/**
 * Classifies an error of either ORM by the database's own code.
 * Without such a code it never reached the database, or lost it on the way.
 */
export function classifyStoreError(err: unknown): StoreFailure {
  if (err instanceof DuplicateMessageError) return 'duplicate';
  const {code, sqlState} = databaseError(err);
  // The memory connector has a status instead of a code.
  const {statusCode} = Object(err) as {statusCode?: unknown};
  if (DUPLICATE.has(code) || statusCode === 409) return 'duplicate';
  if (COLLISION.has(code)) return 'collision';
  const state = sqlState || (SQL_STATE.test(code) ? code : '');
  if (state && !UNAVAILABLE_CLASSES.test(state)) return 'fault';
  return BUGS.some(bug => err instanceof bug) ? 'fault' : 'unavailable';
}

/** Sequelize wraps the driver's error as `original`; juggler passes it on. */
function databaseError(err: unknown): {code: string; sqlState: string} {
  const outer = err as {original?: unknown} | undefined;
  const {code, sqlState} = (outer?.original ?? outer ?? {}) as {
    code?: unknown;
    sqlState?: unknown;
  };
  return {
    code: typeof code === 'string' ? code : '',
    sqlState: typeof sqlState === 'string' ? sqlState : '',
  };
}
