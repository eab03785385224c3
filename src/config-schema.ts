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
/** What a host's config has to be, as JSON Schema (draft-07). */
export const CONFIG_SCHEMA = section({
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
    failedHandshakesPerSecond: COUNT,
    failedHandshakeBurst: COUNT,
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
