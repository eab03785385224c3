import Ajv from 'ajv';

/** What a host may set under `ChatServiceBindings.Config`; all of it optional. */
export interface ChatServiceConfig {
  /** Uses the Sequelize flavour of the repositories; needs `@loopback/sequelize`. */
  useSequelize?: boolean;
  /** Leaves authentication and authorization to the host's own sequence. */
  useCustomSequence?: boolean;
  /** Runs the pending migrations on `chatDb` before the server listens. */
  migrateOnStart?: boolean;
  auth?: {
    /** HS256 secret, best of 32 bytes or more; default: env `JWT_SECRET`. */
    secret?: string;
    /** The only `iss` accepted; default: env `JWT_ISSUER`. */
    issuer?: string;
    /** Clock difference forgiven in `exp` and `nbf`, in seconds. */
    clockToleranceS?: number;
    /** Longest token looked at, in characters; bounds the work of a hostile one. */
    maxTokenLength?: number;
  };
  messages?: {
    /** Longest text, in Unicode characters. */
    maxTextLength?: number;
    /** Largest `ext`, in UTF-8 bytes. */
    maxExtBytes?: number;
    /** Most messages one transaction carries. */
    maxBatchSize?: number;
    /** Most transactions of messages in flight at once, a process. */
    maxBatchesInFlight?: number;
    /** Most messages waiting to be stored, a process; more are answered 503. */
    maxWaiting?: number;
  };
  groups?: {
    /** Most members of a `basic` group; bounds the work of one change of it. */
    maxBasicMembers?: number;
    /** Most members of a `big` group. */
    maxBigMembers?: number;
  };
  retention?: {
    /** How many days messages live, by channel type; of others, for ever. */
    maxAgeDays?: Readonly<Record<string, number>>;
    /** How often messages that are too old are looked for, in milliseconds. */
    sweepIntervalMs?: number;
  };
  realtime?: {
    /** Path of the socket.io server. */
    path?: string;
    /** Largest frame answered, in bytes; four times it closes the connection. */
    maxFrameBytes?: number;
    /** Time from connection to a valid token, in milliseconds. */
    handshakeTimeoutMs?: number;
    /** Most connections of one user at once; bounds what one token may hold. */
    maxConnectionsPerUser?: number;
    /** Messages, edits, deletions, reactions and notifications a second, a user. */
    sendsPerSecond?: number;
    /** How many of them at once, after a pause. */
    sendBurst?: number;
    /** All other frames a second, a user: questions, cursors, typing. */
    readsPerSecond?: number;
    /** How many of them at once, after a pause. */
    readBurst?: number;
    /** Typing events a second, a user and channel; more are not passed on. */
    typingPerSecond?: number;
    /** Members up to which each new message asks for acks; beyond, clients report. */
    maxAckedMembers?: number;
    /** What a connection may have waiting unsent, in bytes; more ends it. */
    maxBufferedBytes?: number;
    /** How long acks are gathered before they are written, in milliseconds. */
    receiptDelayMs?: number;
    /** How long after a break a connection is taken up again, in milliseconds. */
    maxDisconnectionMs?: number;
    /** How long before its expiry a connection is told of it, in milliseconds. */
    expiryNoticeMs?: number;
    /** socket.io's parser, for clients that use the same; default: its own. */
    parser?: object;
    /** The WebSocket engine; default: `ws`. */
    wsEngine?: object;
    /** Origins that browsers may connect from; none but the server's own by default. */
    corsOrigins?: readonly string[];
  };
}

/** The sections of the config with every value present. */
export interface ResolvedConfig {
  readonly useSequelize: boolean;
  readonly useCustomSequence: boolean;
  readonly migrateOnStart: boolean;
  readonly auth: Readonly<
    ChatServiceConfig['auth'] & {
      clockToleranceS: number;
      maxTokenLength: number;
    }
  >;
  readonly messages: Readonly<
    Required<NonNullable<ChatServiceConfig['messages']>>
  >;
  readonly groups: Readonly<Required<NonNullable<ChatServiceConfig['groups']>>>;
  readonly retention: Readonly<
    Required<NonNullable<ChatServiceConfig['retention']>>
  >;
  readonly realtime: Readonly<
    Required<
      Omit<NonNullable<ChatServiceConfig['realtime']>, 'parser' | 'wsEngine'>
    > &
      Pick<NonNullable<ChatServiceConfig['realtime']>, 'parser' | 'wsEngine'>
  >;
}

/** Every default; what is not here has none. */
export const DEFAULTS = {
  useSequelize: false,
  useCustomSequence: false,
  migrateOnStart: false,
  auth: {clockToleranceS: 5, maxTokenLength: 8192},
  messages: {
    maxTextLength: 16_384,
    maxExtBytes: 4096,
    maxBatchSize: 256,
    maxBatchesInFlight: 2,
    maxWaiting: 10_000,
  },
  groups: {maxBasicMembers: 200, maxBigMembers: 2000},
  retention: {
    maxAgeDays: {} as Readonly<Record<string, number>>,
    sweepIntervalMs: 3_600_000,
  },
  realtime: {
    path: '/socket.io/',
    maxFrameBytes: 65_536,
    handshakeTimeoutMs: 10_000,
    maxConnectionsPerUser: 20,
    sendsPerSecond: 20,
    sendBurst: 60,
    readsPerSecond: 50,
    readBurst: 200,
    typingPerSecond: 2,
    maxAckedMembers: 100,
    maxBufferedBytes: 1_048_576,
    receiptDelayMs: 50,
    maxDisconnectionMs: 120_000,
    expiryNoticeMs: 60_000,
    corsOrigins: [] as readonly string[],
  },
};

const FLAG = {type: 'boolean'};
const COUNT = {type: 'integer', minimum: 1};
// `setTimeout` counts in 32 bits.
const DELAY = {type: 'integer', minimum: 0, maximum: 2 ** 31 - 1};
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
    clockToleranceS: {type: 'integer', minimum: 0},
    maxTokenLength: COUNT,
  }),
  messages: section({
    maxTextLength: {...COUNT, maximum: 16_384},
    maxExtBytes: {...COUNT, maximum: 65_535},
    maxBatchSize: COUNT,
    maxBatchesInFlight: COUNT,
    maxWaiting: COUNT,
  }),
  groups: section({maxBasicMembers: COUNT, maxBigMembers: COUNT}),
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
  const validate = new Ajv({allErrors: true}).compile(SCHEMA);
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
  const {auth, messages, groups, retention, realtime, ...flags} = config;
  const {corsOrigins = DEFAULTS.realtime.corsOrigins} = realtime ?? {};
  const {maxAgeDays = DEFAULTS.retention.maxAgeDays} = retention ?? {};
  return Object.freeze({
    ...DEFAULTS,
    ...said(flags),
    auth: Object.freeze({...DEFAULTS.auth, ...said(auth)}),
    messages: Object.freeze({...DEFAULTS.messages, ...said(messages)}),
    groups: Object.freeze({...DEFAULTS.groups, ...said(groups)}),
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

/** Leaves out what is there but undefined, which says nothing. */
function said<T extends object>(settings: T = {} as T): T {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  ) as T;
}
