import Ajv from 'ajv';
import type {ChatServiceConfig, ResolvedConfig} from './config';
import {DEFAULTS} from './default-config';

const FLAG = {type: 'boolean'};
const COUNT = {type: 'integer', minimum: 1};
// `setTimeout` counts in 32 bits.
const DELAY = {type: 'integer', minimum: 0, maximum: 2 ** 31 - 1};
const CLAIM = {type: 'string', minLength: 1};
const section = (properties: object) => ({
  type: 'object',
  properties,
  additionalProperties: false,
});
const SCHEMA = section({
  useSequelize: FLAG,
  useCustomSequence: FLAG,
  migrateOnStart: FLAG,
  auth: section({
    secret: {type: 'string', minLength: 1},
    issuer: {type: 'string', minLength: 1},
    audience: {type: 'string', minLength: 1},
    algorithms: {
      type: 'array',
      items: {enum: ['HS256', 'RS256', 'ES256', 'EdDSA']},
      minItems: 1,
    },
    keys: {
      type: 'array',
      items: {anyOf: [{type: 'string'}, {type: 'object'}]},
      maxItems: 100,
    },
    jwks: {type: 'string', format: 'key-address'},
    jwksTimeoutMs: {...DELAY, minimum: 1},
    authDb: FLAG,
    keyCacheMs: {...DELAY, minimum: 1},
    keyCooldownMs: DELAY,
    claims: section({
      id: CLAIM,
      account: CLAIM,
      tenant: CLAIM,
      permissions: CLAIM,
    }),
    revocationCheckMs: {...DELAY, minimum: 1},
    revocationTimeoutMs: {...DELAY, minimum: 1},
    refuseUnchecked: FLAG,
    clockToleranceS: {type: 'integer', minimum: 0},
    maxTokenLength: COUNT,
  }),
  redis: section({
    url: {type: 'string', pattern: '^rediss?://'},
    // Which only `ioredis` can judge.
    client: {type: 'object'},
  }),
  messages: section({
    maxTextLength: {...COUNT, maximum: 16_384},
    maxExtBytes: {...COUNT, maximum: 65_535},
    maxBatchSize: COUNT,
    maxBatchesInFlight: COUNT,
    maxWaiting: COUNT,
  }),
  groups: section({maxBasicMembers: COUNT, maxBigMembers: COUNT}),
  attachments: section({
    directory: {type: 'string', minLength: 1},
    s3: {
      ...section({
        bucket: {type: 'string', minLength: 1},
        prefix: {type: 'string', pattern: '^[a-z0-9/-]*$'},
        // Which only the SDK can judge.
        client: {type: 'object'},
      }),
      required: ['bucket'],
    },
    maxBytes: COUNT,
    maxFiles: {...COUNT, maximum: 10},
    mediaTypes: {
      type: 'array',
      items: {type: 'string', pattern: '^[a-z0-9.+-]+/([a-z0-9.+-]+|\\*)$'},
    },
    quotaBytes: COUNT,
    maxUploadsPerUser: COUNT,
    maxUploads: COUNT,
    maxDownloadsPerUser: COUNT,
    idleTimeoutMs: {...DELAY, minimum: 1},
    unlinkedMaxAgeMs: COUNT,
    deletedMaxAgeMs: {...COUNT, minimum: 0},
    sweepIntervalMs: {...DELAY, minimum: 1},
    maxPixels: COUNT,
    thumbnailPixels: {...COUNT, maximum: 4096},
  }),
  retention: section({
    maxAgeDays: {type: 'object', additionalProperties: COUNT},
    sweepIntervalMs: {...DELAY, minimum: 1},
  }),
  realtime: section({
    path: {type: 'string', pattern: '^/'},
    maxFrameBytes: COUNT,
    handshakeTimeoutMs: COUNT,
    maxConnectionsPerUser: COUNT,
    sendsPerSecond: COUNT,
    sendBurst: COUNT,
    readsPerSecond: COUNT,
    readBurst: COUNT,
    typingPerSecond: COUNT,
    maxAckedMembers: {...COUNT, minimum: 0},
    maxBufferedBytes: COUNT,
    receiptDelayMs: DELAY,
    maxDisconnectionMs: DELAY,
    expiryNoticeMs: DELAY,
    // An object or a class, which only socket.io can judge.
    parser: {},
    wsEngine: {},
    corsOrigins: {type: 'array', items: {type: 'string'}},
  }),
});

/**
 * Checks the host's config whole and fills in the defaults.
 * @returns a frozen config
 * @throws Error that names every problem by its path
 */
export function resolveConfig(config: ChatServiceConfig = {}): ResolvedConfig {
  const ajv = new Ajv({allErrors: true});
  const validate = ajv.addFormat('key-address', isKeyAddress).compile(SCHEMA);
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
