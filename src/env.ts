/** Environment variables that the component reads; the only place that does. */
export interface ChatEnv {
  jwtSecret?: string;
  jwtIssuer?: string;
  logLevel: string;
  /** Whether migrations add the change log in the database. */
  auditLog: boolean;
  redis: RedisEnv;
}

/** The ancestor's `REDIS_*`, as they are written. */
export interface RedisEnv {
  name?: string;
  host?: string;
  port?: string;
  password?: string;
  database?: string;
  url?: string;
  /** `1` or `true`. */
  tlsEnabled?: string;
  /** The file with the certificates of those who signed the server's. */
  tlsCert?: string;
  /** `1` or `true`. */
  hasSentinels?: string;
  /** A list in JSON: `[{"host": "…", "port": 26379}]`. */
  sentinels?: string;
  sentinelHost?: string;
  sentinelPort?: string;
  sentinelPassword?: string;
  /** `master` or `slave`. */
  sentinelRole?: string;
}

/** Reads the environment as it is now; an empty variable counts as unset. */
export function readEnv(): ChatEnv {
  return {
    jwtSecret: read('JWT_SECRET'),
    jwtIssuer: read('JWT_ISSUER'),
    logLevel: read('LOG_LEVEL') ?? 'info',
    auditLog: read('CHAT_AUDIT_LOG') === 'true',
    redis: readRedisEnv(),
  };
}

function readRedisEnv(): RedisEnv {
  return {
    name: read('REDIS_NAME'),
    host: read('REDIS_HOST'),
    port: read('REDIS_PORT'),
    password: read('REDIS_PASSWORD'),
    database: read('REDIS_DATABASE'),
    url: read('REDIS_URL'),
    tlsEnabled: read('REDIS_TLS_ENABLED'),
    tlsCert: read('REDIS_TLS_CERT'),
    hasSentinels: read('REDIS_HAS_SENTINELS'),
    sentinels: read('REDIS_SENTINELS'),
    sentinelHost: read('REDIS_SENTINEL_HOST'),
    sentinelPort: read('REDIS_SENTINEL_PORT'),
    sentinelPassword: read('REDIS_SENTINEL_PASSWORD'),
    sentinelRole: read('REDIS_SENTINEL_ROLE'),
  };
}

function read(name: string): string | undefined {
  return process.env[name] === '' ? undefined : process.env[name];
}
