import {HttpErrors} from '@loopback/rest';

/** Every error of the accounts besides the chat's own: code → status and text. */
const ERRORS = {
  ACCOUNT_EXISTS: [409, 'There is such an account already.'],
  LOGIN_FAILED: [401, 'Account or password is wrong.'],
  LOGIN_THROTTLED: [429, 'Too many logins failed; wait.'],
  NOT_FOUND: [404, 'There is no such account.'],
  PERMISSION_EXISTS: [409, 'There is such a permission already.'],
  ROLE_EXISTS: [409, 'There is such a role already.'],
  ROLE_UNKNOWN: [422, 'There is no such role.'],
  PERMISSION_UNKNOWN: [422, 'There is no such permission.'],
  OWN_ACCESS: [409, 'What you may do is decided by others.'],
} as const;

/** Makes an error that the caller is told. */
export function accountError(
  code: keyof typeof ERRORS,
  more: {retryAfterSeconds?: number} = {},
): Error {
  const [status, text] = ERRORS[code];
  return Object.assign(HttpErrors(status, text), {code, ...more});
}

const DUPLICATE_CODES = ['23505', 'ER_DUP_ENTRY'];
/** What PostgreSQL says of a name, of a table, and of its type. */
const MADE_CODES = ['23505', '42P07', '42710'];
const ORPHAN_CODES = ['23503', 'ER_NO_REFERENCED_ROW_2'];

/** Tells whether the database refused a row because there is one of its key. */
export function isDuplicate(err: unknown): boolean {
  return DUPLICATE_CODES.includes(codeOf(err));
}

/** Tells whether the database refused a row because its account is gone. */
export function isOrphan(err: unknown): boolean {
  return ORPHAN_CODES.includes(codeOf(err));
}

/** Tells whether a table was made by another while it was being made. */
export function isMadeByAnother(err: unknown): boolean {
  return MADE_CODES.includes(codeOf(err));
}

/** Sequelize wraps the driver's error as `original`; juggler passes it on. */
function codeOf(err: unknown): string {
  const {original = err} = Object(err) as {original?: unknown};
  return String((Object(original) as {code?: unknown}).code);
}
