import type {RequestBodyObject, SchemaObject} from '@loopback/rest';

/** Words parted by single spaces; nothing invisible that could feign another's. */
const ACCOUNT: SchemaObject = {
  type: 'string',
  minLength: 1,
  maxLength: 64,
  pattern: '^[^\\p{C}\\s]+( [^\\p{C}\\s]+)*$',
  description: 'Unique; upper and lower case count as the same.',
};
/** No control characters: PostgreSQL's texts cannot hold a NUL. */
const AVATAR: SchemaObject = {
  type: 'string',
  minLength: 1,
  maxLength: 2048,
  pattern: '^\\P{C}+$',
};
/** The upper limit bounds the work that a stranger can ask of the hash. */
const MAX_PASSWORD_LENGTH = 256;
const MIN_PASSWORD_LENGTH = 8;

/** Body of `POST /users`. */
export const NEW_ACCOUNT = body('NewAccount', {
  type: 'object',
  required: ['account', 'password'],
  additionalProperties: false,
  properties: {
    account: ACCOUNT,
    password: {
      type: 'string',
      minLength: MIN_PASSWORD_LENGTH,
      maxLength: MAX_PASSWORD_LENGTH,
    },
    avatar: AVATAR,
    email: {type: 'string', format: 'email', maxLength: 254},
  },
  example: {account: 'ann', password: 'correct horse'},
});

/** Body of `POST /users/login`. */
export const CREDENTIALS = body('Credentials', {
  type: 'object',
  required: ['account', 'password'],
  additionalProperties: false,
  properties: {
    account: ACCOUNT,
    password: {type: 'string', maxLength: MAX_PASSWORD_LENGTH},
  },
  example: {account: 'ann', password: 'correct horse'},
});

/** An account as it is answered. */
export const PROFILE: SchemaObject = {
  title: 'Profile',
  type: 'object',
  required: ['id', 'account'],
  properties: {
    id: {type: 'string', format: 'uuid'},
    account: {type: 'string'},
    avatar: {type: 'string'},
    email: {type: 'string'},
  },
};

/** Answer of `POST /users/login`. */
export const LOGIN: SchemaObject = {
  title: 'Login',
  type: 'object',
  required: ['token', 'user'],
  properties: {token: {type: 'string'}, user: PROFILE},
};

function body(title: string, schema: SchemaObject): RequestBodyObject {
  return {
    required: true,
    content: {'application/json': {schema: {title, ...schema}}},
  };
}
