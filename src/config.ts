import type {DEFAULTS} from './default-config';

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
    /** What `aud` has to name; not looked at by default. */
    audience?: string;
    /** How tokens may be signed; the first alone needs the secret. */
    algorithms?: readonly ('HS256' | 'RS256' | 'ES256' | 'EdDSA')[];
    /** Public keys: texts of PEM, or JWKs. */
    keys?: readonly (string | object)[];
    /** Address of a set of public keys (JWKS): `https`, or `http` on this machine. */
    jwks?: string;
    /** How long that address may take, in milliseconds. */
    jwksTimeoutMs?: number;
    /** Takes keys from the table `jwt_keys` of the data source `AuthDB`. */
    authDb?: boolean;
    /** How long keys from elsewhere, and tokens by them, are taken as they are, in milliseconds. */
    keyCacheMs?: number;
    /** Shortest time between two looks for keys, in milliseconds; bounds what unknown ones cost. */
    keyCooldownMs?: number;
    /** Where claims say who it is: names, or paths such as `realm_access.roles`. */
    claims?: {
      id?: string;
      account?: string;
      /** Whose users have nothing to do with those of another; every token names one then. */
      tenant?: string;
      /** A list, or a text with blanks between the keys. */
      permissions?: string;
    };
    /** How often tokens of connections are looked for among the revoked, in milliseconds. */
    revocationCheckMs?: number;
    /** How long one look for revoked tokens may take, in milliseconds. */
    revocationTimeoutMs?: number;
    /** Answers 503 while revoked tokens cannot be looked up; else those unknown go on. */
    refuseUnchecked?: boolean;
    /** Clock difference forgiven in `exp` and `nbf`, in seconds. */
    clockToleranceS?: number;
    /** Longest token looked at, in characters; bounds the work of a hostile one. */
    maxTokenLength?: number;
  };
  /** Redis, for what nodes share; default: the environment's `REDIS_*`, else none. */
  redis?: {
    /** `redis:` or `rediss:`. */
    url?: string;
    /** What `ioredis` takes: host, port, password, tls, sentinels … */
    client?: object;
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
  attachments?: {
    /** A folder for files alone, unless `s3` says otherwise; made when it is needed. */
    directory?: string;
    /** The bucket to keep files in; needs `@aws-sdk/client-s3` and `@aws-sdk/lib-storage`. */
    s3?: {
      bucket: string;
      /** Goes before every key, by default `chat-files/`; what is there is the chat's alone. */
      prefix?: string;
      /** What `S3Client` of the SDK takes: region, endpoint, credentials … */
      client?: object;
    };
    /** Largest file, in bytes; bounds what one request may write. */
    maxBytes?: number;
    /** Most files of one upload. */
    maxFiles?: number;
    /** Media types that are taken, by the bytes; `image/*` stands for all of a kind. */
    mediaTypes?: readonly string[];
    /** What all files of one user may come to, in bytes. */
    quotaBytes?: number;
    /** Most uploads of one user at once, a process. */
    maxUploadsPerUser?: number;
    /** Most uploads at once, a process; bounds descriptors. */
    maxUploads?: number;
    /** Most downloads of one user at once, a process; bounds descriptors. */
    maxDownloadsPerUser?: number;
    /** How long an upload or a download may stand still, in milliseconds; bounds slow ones. */
    idleTimeoutMs?: number;
    /** How long files wait for a message, in milliseconds. */
    unlinkedMaxAgeMs?: number;
    /** How long bytes outlive the deletion of file or message, in milliseconds. */
    deletedMaxAgeMs?: number;
    /** How often files to be removed are looked for, in milliseconds. */
    sweepIntervalMs?: number;
    /** Largest picture looked at, in pixels; bounds memory and time. */
    maxPixels?: number;
    /** Longest side of small pictures, in pixels. */
    thumbnailPixels?: number;
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
    /** Connections a second, of one address, that nobody is let in with; more get 429. */
    failedHandshakesPerSecond?: number;
    /** How many of them at once, after a pause. */
    failedHandshakeBurst?: number;
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
    /** How long acks are gathered at least before they are written, in milliseconds. */
    receiptDelayMs?: number;
    /** How long after a break a connection is taken up again, in milliseconds. */
    maxDisconnectionMs?: number;
    /** How long before its expiry a connection is told of it, in milliseconds. */
    expiryNoticeMs?: number;
    /** socket.io's parser, for clients that use the same; default: its own. */
    parser?: object;
    /** The WebSocket engine; default: `ws`, with one frame of a connection a turn. */
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
    NonNullable<ChatServiceConfig['auth']> &
      Required<
        Pick<
          NonNullable<ChatServiceConfig['auth']>,
          keyof (typeof DEFAULTS)['auth']
        >
      >
  >;
  readonly redis?: Readonly<NonNullable<ChatServiceConfig['redis']>>;
  readonly messages: Readonly<
    Required<NonNullable<ChatServiceConfig['messages']>>
  >;
  readonly groups: Readonly<Required<NonNullable<ChatServiceConfig['groups']>>>;
  readonly attachments: Readonly<
    Required<Omit<NonNullable<ChatServiceConfig['attachments']>, 's3'>> &
      Pick<NonNullable<ChatServiceConfig['attachments']>, 's3'>
  >;
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
