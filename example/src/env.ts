import path from 'path';
import {
  ACCOUNT_NAME,
  MAX_ACCOUNT_LENGTH,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from './accounts/account.schemas';
import {StartError} from './start/start-error';

/** The real database that stands in for the embedded one. */
export interface DatabaseEnv {
  connector: 'postgresql' | 'mysql';
  host: string;
  port: number;
  user: string;
  password?: string;
  database: string;
  /** PostgreSQL only. */
  schema?: string;
}

/** What the environment says; see the README's table. */
export interface ExampleEnv {
  host: string;
  port: number;
  dataDir: string;
  useSequelize: boolean;
  /** Messages that a user may send a second, by socket. */
  sendsPerSecond: number;
  jwtSecret?: string;
  jwtIssuer: string;
  /** An account that is an administrator from the start. */
  admin?: {account: string; password: string};
  /** Undefined: the embedded PostgreSQL. */
  database?: DatabaseEnv;
}

type Variables = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['error', 'warn', 'info', 'verbose', 'debug'];
const MIN_SECRET_BYTES = 32;
const MAX_PORT = 65_535;
const SENDS_PER_SECOND = 20;
const MAX_SENDS_PER_SECOND = 1_000_000;
const MYSQL_PORT = 3306;
const POSTGRESQL_PORT = 5432;
const DEFAULT_DATA_DIR = path.resolve(__dirname, '../../.chat-data');

/**
 * Reads the environment; an empty variable counts as unset.
 * @throws StartError that names every variable that is wrong
 */
export function readEnv(variables: Variables = process.env): ExampleEnv {
  const reader = new Reader(variables);
  const env: ExampleEnv = {
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.port('PORT', 3000, 0),
    dataDir: path.resolve(reader.text('CHAT_DATA_DIR') ?? DEFAULT_DATA_DIR),
    useSequelize: reader.oneOf('CHAT_USE_SEQUELIZE', FLAGS) === 'true',
    sendsPerSecond: reader.number(
      'CHAT_SENDS_PER_SECOND',
      SENDS_PER_SECOND,
      1,
      MAX_SENDS_PER_SECOND,
    ),
    jwtSecret: reader.secret('JWT_SECRET'),
    jwtIssuer: reader.text('JWT_ISSUER') ?? 'loopback4-chat-example',
    admin: readAdmin(reader),
    database: readDatabase(reader),
  };
  // The component reads the level itself.
  reader.oneOf('LOG_LEVEL', LOG_LEVELS);
  if (reader.problems.length) throw new StartError(reader.problems.join('; '));
  return env;
}

const FLAGS = ['true', 'false'];
const CONNECTORS = ['postgresql', 'mysql'];

function readDatabase(reader: Reader): DatabaseEnv | undefined {
  const host = reader.text('DB_HOST');
  if (!host) {
    // Whoever names a database does not mean the embedded one.
    if (reader.text('DB_DATABASE')) reader.required('DB_HOST');
    return undefined;
  }
  const isMysqlPort = reader.text('DB_PORT') === String(MYSQL_PORT);
  const connector =
    reader.oneOf('DB_CONNECTOR', CONNECTORS) ??
    (isMysqlPort ? 'mysql' : 'postgresql');
  const isMysql = connector === 'mysql';
  const schema = isMysql ? undefined : reader.text('DB_SCHEMA');
  const password = reader.text('DB_PASSWORD');
  return {
    connector: isMysql ? 'mysql' : 'postgresql',
    host,
    port: reader.port('DB_PORT', isMysql ? MYSQL_PORT : POSTGRESQL_PORT, 1),
    user: reader.required('DB_USER'),
    database: reader.required('DB_DATABASE'),
    ...(password && {password}),
    ...(schema && {schema}),
  };
}

function readAdmin(reader: Reader): ExampleEnv['admin'] {
  if (!reader.text('ADMIN_ACCOUNT') && !reader.raw('ADMIN_PASSWORD')) {
    return undefined;
  }
  return {
    account: reader.fitting(
      'ADMIN_ACCOUNT',
      text => ACCOUNT_NAME.test(text) && [...text].length <= MAX_ACCOUNT_LENGTH,
      `must be a name of 1 to ${MAX_ACCOUNT_LENGTH} characters`,
    ),
    password: reader.fitting(
      'ADMIN_PASSWORD',
      ({length}) =>
        length >= MIN_PASSWORD_LENGTH && length <= MAX_PASSWORD_LENGTH,
      `must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`,
    ),
  };
}

class Reader {
  readonly problems: string[] = [];

  constructor(private readonly variables: Variables) {}

  text(name: string): string | undefined {
    const value = this.variables[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** As it is: blanks at its ends may be meant. */
  raw(name: string): string {
    return this.variables[name] ?? '';
  }

  fitting(name: string, fits: (text: string) => boolean, rule: string): string {
    const text = this.raw(name);
    if (!fits(text)) this.problems.push(`${name} ${rule}`);
    return text;
  }

  required(name: string): string {
    const value = this.text(name);
    if (!value) this.problems.push(`${name} is required`);
    return value ?? '';
  }

  oneOf(name: string, choices: readonly string[]): string | undefined {
    const value = this.text(name);
    if (value && !choices.includes(value)) {
      this.problems.push(`${name} must be one of ${choices.join(', ')}`);
    }
    return value;
  }

  port(name: string, otherwise: number, lowest: number): number {
    return this.number(name, otherwise, lowest, MAX_PORT);
  }

  number(
    name: string,
    otherwise: number,
    lowest: number,
    highest: number,
  ): number {
    const value = this.text(name);
    if (!value) return otherwise;
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= lowest && number <= highest) return number;
    this.problems.push(`${name} must be a number from ${lowest} to ${highest}`);
    return otherwise;
  }

  /** Taken as it is: blanks at its ends may be meant. */
  secret(name: string): string | undefined {
    const value = this.raw(name);
    if (value === '') return undefined;
    if (Buffer.byteLength(value) < MIN_SECRET_BYTES) {
      this.problems.push(`${name} must have ${MIN_SECRET_BYTES} bytes or more`);
    }
    return value;
  }
}
