import Ajv from 'ajv';
import type {ChatServiceConfig, ResolvedConfig} from './config';
import {CONFIG_SCHEMA} from './config-schema';
import {DEFAULTS} from './default-config';

/**
 * Checks the host's config whole and fills in the defaults.
 * @returns a frozen config
 * @throws Error that names every problem by its path
 */
export function resolveConfig(config: ChatServiceConfig = {}): ResolvedConfig {
  // The tests look at the schema by that of JSON Schema, which takes long to compile.
  const ajv = new Ajv({
    ...{allErrors: true, meta: false, validateSchema: false},
    // It checks once.
    code: {optimize: false},
  });
  const validate = ajv
    .addFormat('key-address', isKeyAddress)
    .compile(schemaOf(config));
  if (!validate(config)) {
    const problems = (validate.errors ?? []).map(
      ({instancePath, message, params}) => {
        const steps = instancePath.split('/').filter(step => step !== '');
        const unknown: string | undefined = params.additionalProperty;
        return unknown === undefined
          ? `${steps.join('.') || 'config'}: ${message}`
          : `${[...steps, unknown].join('.')}: is not a setting`;
      },
    );
    throw new Error(`Chat config is not valid: ${problems.join('; ')}`);
  }
  const {auth, redis, messages, groups, attachments, ...others} = config;
  const {retention, realtime, ...flags} = others;
  const {mediaTypes = DEFAULTS.attachments.mediaTypes} = attachments ?? {};
  const {algorithms = DEFAULTS.auth.algorithms} = auth ?? {};
  const {corsOrigins = DEFAULTS.realtime.corsOrigins} = realtime ?? {};
  const {maxAgeDays = DEFAULTS.retention.maxAgeDays} = retention ?? {};
  return Object.freeze({
    ...DEFAULTS,
    ...said(flags),
    auth: Object.freeze({
      ...DEFAULTS.auth,
      ...said(auth),
      algorithms: Object.freeze([...algorithms]),
    }),
    ...(redis && {redis: Object.freeze({...said(redis)})}),
    messages: Object.freeze({...DEFAULTS.messages, ...said(messages)}),
    groups: Object.freeze({...DEFAULTS.groups, ...said(groups)}),
    attachments: Object.freeze({
      ...DEFAULTS.attachments,
      ...said(attachments),
      mediaTypes: Object.freeze([...mediaTypes]),
    }),
    retention: Object.freeze({
      ...DEFAULTS.retention,
      ...said(retention),
      maxAgeDays: Object.freeze({...maxAgeDays}),
    }),
    realtime: Object.freeze({
      ...DEFAULTS.realtime,
      ...said(realtime),
      corsOrigins: Object.freeze([...corsOrigins]),
    }),
  });
}

/** Of what the config says: compiling the rest too would take twice as long. */
function schemaOf(config: unknown): object {
  const {properties, ...rest} = CONFIG_SCHEMA;
  const asked = Object.entries(properties).filter(
    ([name]) => name in Object(config),
  );
  return {...rest, properties: Object.fromEntries(asked)};
}

/** Whoever is between here and there could let anybody in. */
function isKeyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const {protocol, hostname, username, password} = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isHere);
  return isSafe && !username && !password;
}

/** Leaves out what is there but undefined, which says nothing. */
function said<T extends object>(settings: T = {} as T): T {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  ) as T;
}
