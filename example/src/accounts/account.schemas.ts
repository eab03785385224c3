import type {RequestBodyObject, SchemaObject} from '@loopback/rest';

/** Words parted by single spaces, without control characters. */
export const ACCOUNT_NAME = /^[^\p{C}\s]+( [^\p{C}\s]+)*$/u;
/** In characters. */
export const MAX_ACCOUNT_LENGTH = 64;

const ACCOUNT: SchemaObject = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_ACCOUNT_LENGTH,
  pattern: ACCOUNT_NAME.source,
  description: 'Unique; upper and lower case count as the same.',
};
/** No control characters: PostgreSQL's texts cannot hold a NUL. */
const AVATAR: SchemaObject = {
  type: 'string',
  minLength: 1,
  maxLength: 2048,
  pattern: '^\\P{C}+$',
};
const EMAIL: SchemaObject = {type: 'string', format: 'email', maxLength: 254};
/** The upper limit bounds the work that a stranger can ask of the hash. */
export const MAX_PASSWORD_LENGTH = 256;
/** In characters, too. */
export const MIN_PASSWORD_LENGTH = 8;
const PASSWORD: SchemaObject = {
  type: 'string',
  minLength: MIN_PASSWORD_LENGTH,
  maxLength: MAX_PASSWORD_LENGTH,
};
const KNOWN_PASSWORD: SchemaObject = {
  type: 'string',
  maxLength: MAX_PASSWORD_LENGTH,
};

/** Body of `POST /users`. */
export const NEW_ACCOUNT = body('NewAccount', {
  type: 'object',
  required: ['account', 'password'],
  additionalProperties: false,
  properties: {
    account: ACCOUNT,
    password: PASSWORD,
    avatar: AVATAR,
    email: EMAIL,
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
    password: KNOWN_PASSWORD,
  },
  example: {account: 'ann', password: 'correct horse'},
});

/** Body of `PATCH /users/me`; null takes away. */
export const PROFILE_CHANGE = body('ProfileChange', {
  type: 'object',
  additionalProperties: false,
  properties: {
    avatar: {...AVATAR, nullable: true},
    email: {...EMAIL, nullable: true},
  },
  example: {avatar: 'ann.png', email: null},
});

/** Body of `PUT /users/me/password`. */
export const NEW_PASSWORD = body('NewPassword', {
  type: 'object',
  required: ['password', 'newPassword'],
  additionalProperties: false,
  properties: {password: KNOWN_PASSWORD, newPassword: PASSWORD},
});

/** Body of what has to be confirmed by the password. */
export const OWN_PASSWORD = body('OwnPassword', {
  type: 'object',
  required: ['password'],
  additionalProperties: false,
  properties: {password: KNOWN_PASSWORD},
});

/** An account as anybody is told. */
export const PROFILE: SchemaObject = {
  title: 'Profile',
  type: 'object',
  required: ['id', 'account'],
  properties: {
    id: {type: 'string', format: 'uuid'},
    account: {type: 'string'},
    avatar: {type: 'string'},
  },
};

/** An account as its owner is told. */
export const OWN_PROFILE: SchemaObject = {
  ...PROFILE,
  title: 'OwnProfile',
  properties: {...PROFILE.properties, email: {type: 'string'}},
};

/** Answer of `POST /users/login`. */
export const LOGIN: SchemaObject = {
  title: 'Login',
  type: 'object',
  required: ['token', 'user'],
  properties: {token: {type: 'string'}, user: OWN_PROFILE},
};

function body(title: string, schema: SchemaObject): RequestBodyObject {
  return {
    required: true,
    content: {'application/json': {schema: {title, ...schema}}},
  };
}
