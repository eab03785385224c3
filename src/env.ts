/** Environment variables that the component reads; the only place that does. */
export interface ChatEnv {
  jwtSecret?: string;
  jwtIssuer?: string;
  logLevel: string;
  /** Whether migrations add the change log in the database. */
  auditLog: boolean;
}

/** Reads the environment as it is now; an empty variable counts as unset. */
export function readEnv(): ChatEnv {
  return {
    jwtSecret: read('JWT_SECRET'),
    jwtIssuer: read('JWT_ISSUER'),
    logLevel: read('LOG_LEVEL') ?? 'info',
    auditLog: read('CHAT_AUDIT_LOG') === 'true',
  };
}

function read(name: string): string | undefined {
  return process.env[name] === '' ? undefined : process.env[name];
}
