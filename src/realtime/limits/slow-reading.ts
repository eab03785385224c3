/** What is used of a socket.io client, the server's end of a connection. */
interface Client {
  readonly conn: Connection;
  /** Takes a message of the connection in. */
  ondata(data: unknown): void;
}

/** What is used of an Engine.IO connection. */
interface Connection {
  readonly readyState: string;
  readonly transport: {readonly name: string};
  on(event: 'data', listener: (data: unknown) => void): void;
  removeListener(event: 'data', listener: (data: unknown) => void): void;
  close(discard: boolean): void;
}

/** What is used of a WebSocket; not every engine can stop reading. */
interface Pausable {
  pause?(): void;
  resume?(): void;
}

/**
 * So much is kept at most of a connection that waits: what a WebSocket that stops has
 * read already, or a request by polling. An empty message takes room, too.
 */
const MAX_WAITING_BYTES = 393_216;
const MESSAGE_BYTES = 64;

const readers = new WeakMap<object, SlowReading>();

/**
 * Takes nothing in of a connection for a while. What it sends meanwhile waits with its
 * sender, but for what was read already, and is taken in order later; no other
 * connection waits. Whoever sends on by polling, where reading cannot stop, is ended.
 */
export function readLater(client: object, delayMs: number): void {
  const reading = readers.get(client) ?? new SlowReading(client as Client);
  readers.set(client, reading);
  reading.hold(delayMs);
}

/** A connection whose messages may have to wait. */
class SlowReading {
  private readonly waiting: unknown[] = [];
  private waitingBytes = 0;
  private readonly take: (data: unknown) => void;
  private heldUntil = 0;
  private timer?: NodeJS.Timeout;

  constructor(private readonly client: Client) {
    const {conn, ondata} = client;
    this.take = ondata;
    conn.removeListener('data', ondata);
    // By that name the client takes it off again.
    client.ondata = data => this.receive(data);
    conn.on('data', client.ondata);
  }

  /** Of several reasons to wait the longest counts. */
  hold(delayMs: number): void {
    const until = performance.now() + delayMs;
    if (until <= this.heldUntil || !this.isOpen) return;
    this.heldUntil = until;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.release(), delayMs).unref();
    this.webSocket?.pause?.();
  }

  private release(): void {
    this.heldUntil = 0;
    this.goOn();
  }

  private get isOpen(): boolean {
    return this.client.conn.readyState === 'open';
  }

  private get webSocket(): Pausable | undefined {
    const {transport} = this.client.conn;
    if (transport.name !== 'websocket') return undefined;
    return (transport as {socket?: Pausable}).socket;
  }

  private receive(data: unknown): void {
    if (!this.heldUntil && !this.waiting.length) {
      this.take(data);
      return;
    }
    this.waitingBytes += sizeOf(data);
    if (this.waitingBytes <= MAX_WAITING_BYTES) this.waiting.push(data);
    else this.client.conn.close(true);
  }

  /** Takes one in a turn: it may be the reason to wait again. */
  private goOn(): void {
    if (this.heldUntil) return;
    if (this.waiting.length && this.isOpen) {
      const data = this.waiting.shift();
      this.waitingBytes -= sizeOf(data);
      this.take(data);
      setImmediate(() => this.goOn());
      return;
    }
    this.waiting.length = 0;
    this.waitingBytes = 0;
    this.webSocket?.resume?.();
  }
}

function sizeOf(data: unknown): number {
  const {length = 0} = data as {length?: number};
  return MESSAGE_BYTES + length;
}
