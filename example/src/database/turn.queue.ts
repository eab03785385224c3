import type {PGlite} from '@electric-sql/pglite';
import type {PGLiteSocketHandler} from '@electric-sql/pglite-socket';

/** The queue that pglite-socket's connections share; a class of its own there. */
export type SharedQueue = ConstructorParameters<
  typeof PGLiteSocketHandler
>[0]['queryQueue'];

interface Waiting {
  readonly connection: number;
  readonly message: Uint8Array;
  readonly onData: (bytes: Uint8Array) => void;
  resolve(bytes: number): void;
  reject(reason: unknown): void;
}

const SYNC = new Uint8Array([0x53, 0, 0, 0, 4]);
/** Messages after which a backend is ready for another query. */
const LAST_OF_TURN = new Set([
  0, // start-up; it has no type
  0x51, // Query
  0x53, // Sync
  0x46, // FunctionCall
  0x58, // Terminate
]);

/**
 * Shares PGlite's one session among connections: each has it for a whole query
 * (Parse to Sync) or transaction. The library's own queue changes connections
 * between Parse, Bind and Execute, so that one gets the rows of another.
 */
export class TurnQueue implements Pick<SharedQueue, keyof SharedQueue> {
  private waiting: Waiting[] = [];
  private owner?: number;
  private isRunning = false;

  constructor(private readonly db: PGlite) {}

  /** @returns the number of bytes answered, once the message is processed */
  enqueue(
    connection: number,
    message: Uint8Array,
    onData: (bytes: Uint8Array) => void,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting.push({connection, message, onData, resolve, reject});
      void this.run();
    });
  }

  getQueueLength(): number {
    return this.waiting.length;
  }

  /** Forgets what a connection that is gone had asked for. */
  clearQueueForHandler(connection: number): void {
    const gone = this.waiting.filter(item => item.connection === connection);
    this.waiting = this.waiting.filter(item => item.connection !== connection);
    for (const {reject} of gone) reject(new Error('Connection closed'));
  }

  /** Ends the turn of a connection that is gone, and what it left open. */
  async clearTransactionIfNeeded(connection: number): Promise<void> {
    if (this.owner !== connection) return;
    try {
      // After an error in it, a turn is skipped up to its Sync.
      await this.process(SYNC, () => undefined);
      // It may have ended meanwhile, and the next one begun.
      if (this.owner !== connection) return;
      if (this.isInTransaction()) await this.db.exec('ROLLBACK');
    } catch {
      // The database is closed: nothing of the turn is left.
    }
    this.owner = undefined;
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    for (let item = this.next(); item; item = this.next()) {
      this.owner = item.connection;
      await this.answer(item);
      const isDone = LAST_OF_TURN.has(item.message[0]);
      if (isDone && !this.isInTransaction()) this.owner = undefined;
    }
    this.isRunning = false;
  }

  /** In a database that is closed nothing is open; it fails when it is asked. */
  private isInTransaction(): boolean {
    return !this.db.closed && this.db.isInTransaction();
  }

  private next(): Waiting | undefined {
    const index =
      this.owner === undefined
        ? 0
        : this.waiting.findIndex(({connection}) => connection === this.owner);
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0];
  }

  private async answer(item: Waiting): Promise<void> {
    let bytes = 0;
    try {
      await this.process(item.message, data => {
        bytes += data.length;
        item.onData(data);
      });
      item.resolve(bytes);
    } catch (err) {
      item.reject(err);
    }
  }

  private process(
    message: Uint8Array,
    onRawData: (data: Uint8Array) => void,
  ): Promise<void> {
    return this.db.runExclusive(() =>
      this.db.execProtocolRawStream(message, {onRawData}),
    );
  }
}
