import type {RequestBodyObject, SchemaObject} from '@loopback/rest';

const NAME: SchemaObject = {
  type: 'string',
  pattern: '^[A-Za-z][A-Za-z0-9:._-]{0,63}$',
};
const DESCRIPTION: SchemaObject = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  pattern: '^\\P{C}+$',
};
const NAMES: SchemaObject = {
  type: 'array',
  items: NAME,
  maxItems: 100,
  uniqueItems: true,
};

/** A permission key. */
export const PERMISSION = object('Permission', ['name'], {
  name: NAME,
  description: DESCRIPTION,
});

/** A role. */
export const ROLE = object('Role', ['name', 'permissions'], {
  name: NAME,
  description: DESCRIPTION,
  permissions: NAMES,
});

/** Roles of an account. */
export const NEW_ROLES = object('NewRoles', ['roles'], {
  roles: {...NAMES, minItems: 1, example: ['user']},
});

const OVERRIDES: SchemaObject = {
  type: 'array',
  maxItems: 100,
  items: object('Override', ['permission', 'allowed'], {
    permission: NAME,
    allowed: {type: 'boolean'},
  }),
};

/** What an account may do, or not, whatever its roles say. */
export const NEW_OVERRIDES = object('NewOverrides', ['overrides'], {
  overrides: {
    ...OVERRIDES,
    example: [{permission: 'CreateGroup', allowed: false}],
  },
});

/** What an account was given. */
export const ACCESS = object('Access', ['roles', 'overrides'], {
  roles: NAMES,
  overrides: OVERRIDES,
});

/** All permission keys. */
export const PERMISSIONS: SchemaObject = {type: 'array', items: PERMISSION};

/** All roles. */
export const ROLES: SchemaObject = {type: 'array', items: ROLE};

/** Makes the body of a request of a schema. */
export function toBody(schema: SchemaObject): RequestBodyObject {
  return {required: true, content: {'application/json': {schema}}};
}

function object(
  title: string,
  required: string[],
  properties: Record<string, SchemaObject>,
): SchemaObject {
  return {
    title,
    type: 'object',
    required,
    properties,
    additionalProperties: false,
  };
}
