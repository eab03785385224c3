/** Environment variables that the component reads; the only place that does. */
export interface ChatEnv {
  jwtSecret?: string;
  jwtIssuer?: string;
  logLevel: string;
}

/** Reads the environment as it is now; an empty variable counts as unset. */
export function readEnv(): ChatEnv {
  const {JWT_SECRET, JWT_ISSUER, LOG_LEVEL} = process.env;
  return {
    jwtSecret: JWT_SECRET || undefined,
    jwtIssuer: JWT_ISSUER || undefined,
    logLevel: LOG_LEVEL || 'info',
  };
}
