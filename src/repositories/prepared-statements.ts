import {createHash} from 'crypto';
import type {SqlRow} from './sql-runner';

/** What the driver `pg` takes; one with a name is parsed once a connection. */
export interface PgStatement {
  readonly text: string;
  readonly values: unknown[];
  readonly name?: string;
}

/** Runs a statement on a connection of its own choice. */
export type PgRun = (statement: PgStatement) => Promise<{rows: SqlRow[]}>;

/**
 * A connection of the driver, asked by callback: its promises are of whatever
 * class the ORM has given it, and bluebird's wait for the end of the turn.
 */
export interface PgConnection {
  query(
    statement: PgStatement,
    done: (err: unknown, result: {rows: SqlRow[]}) => void,
  ): void;
}

/** Lends connections of an ORM's pool. */
export interface PgLender<C extends PgConnection> {
  take(): Promise<C>;
  /** @param isLost - has the pool end the connection */
  giveBack(connection: C, isLost: boolean): void;
}

/** Bounds what each connection keeps; further texts are parsed each time. */
const MAX_NAMES = 100;
/**
 * The server knows no such name, one that this connection has not given, or one
 * whose columns have another type since a migration.
 */
const SESSION_WAS_CHANGED = new Set(['26000', '42P05', '0A000']);

/** Connections that fail, time-outs of a session, its end, faults of the server. */
const ENDS_SESSION = /^(08|25P0|57P|XX)/;

/**
 * Has PostgreSQL keep statements, as parsing and planning them takes longer than
 * running them. A pooler in between that gives one session to many connections
 * shows by an error of its own, before anything is done, and so does a migration
 * of what is kept; from then on nothing is kept.
 */
export class PreparedStatements {
  private readonly names = new Map<string, string>();
  private isKeeping = true;

  constructor(private readonly send: PgRun) {}

  /** @param text - of a statement outside any transaction */
  async run(text: string, values: unknown[]): Promise<SqlRow[]> {
    const name = this.nameOf(text);
    try {
      return (await this.send({text, values, name})).rows;
    } catch (err) {
      if (!name || !SESSION_WAS_CHANGED.has(codeOf(err))) throw err;
      this.isKeeping = false;
      return (await this.send({text, values})).rows;
    }
  }

  /** Made of the text, so that in a shared session too a name says one thing. */
  private nameOf(text: string): string | undefined {
    if (!this.isKeeping) return undefined;
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (this.names.size >= MAX_NAMES) return undefined;
    const hash = createHash('sha256').update(text).digest('hex');
    const name = `chat_${hash.slice(0, 40)}`;
    this.names.set(text, name);
    return name;
  }
}

/**
 * Makes what runs a statement on a lent connection, past the ORM. The connection
 * goes on after what the database refuses: whoever repeats that would have all
 * others wait for new ones.
 */
export function runOnLent<C extends PgConnection>(pool: PgLender<C>): PgRun {
  return async statement => {
    const connection = await pool.take();
    let isLost = false;
    try {
      return await ask(connection, statement);
    } catch (err) {
      isLost = !isAnswered(err);
      throw err;
    } finally {
      pool.giveBack(connection, isLost);
    }
  };
}

function ask(connection: PgConnection, statement: PgStatement) {
  return new Promise<{rows: SqlRow[]}>((resolve, reject) => {
    connection.query(statement, (err, result) =>
      err ? reject(err) : resolve(result),
    );
  });
}

/**
 * Tells what the server answered, after which the connection goes on, from what
 * has broken it, or may have: only the server's own errors have a severity.
 */
function isAnswered(err: unknown): boolean {
  return Object(err).severity !== undefined && !ENDS_SESSION.test(codeOf(err));
}

function codeOf(err: unknown): string {
  return String((Object(err) as {code?: unknown}).code);
}
