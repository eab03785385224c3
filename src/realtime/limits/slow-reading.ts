/** What is used of an Engine.IO connection that its types do not show. */
interface Connection {
  readonly transport: object;
}

/** What is used of an Engine.IO transport that its types do not show. */
interface Transport {
  readonly name: string;
  readonly readyState: string;
  readonly socket: {pause?(): void; resume?(): void};
  onPacket(packet: unknown): void;
}

const readers = new WeakMap<object, SlowReading>();

/**
 * Reads nothing of a connection by WebSocket for a while. What it sends meanwhile
 * waits with its sender, but for what was read already, and is taken in order later:
 * nothing is lost, and no other connection waits.
 */
export function readLater({transport}: Connection, delayMs: number): void {
  const {name, socket} = transport as Transport;
  // By polling a client waits for the answer to each of its requests anyway.
  if (name !== 'websocket' || !socket.pause) return;
  const reading =
    readers.get(transport) ?? new SlowReading(transport as Transport);
  readers.set(transport, reading);
  reading.hold(delayMs);
}

/** A transport whose packets may have to wait. */
class SlowReading {
  private readonly waiting: unknown[] = [];
  private readonly take: (packet: unknown) => void;
  private isHeld = false;

  constructor(private readonly transport: Transport) {
    this.take = transport.onPacket.bind(transport);
    transport.onPacket = packet => {
      if (this.isHeld || this.waiting.length) this.waiting.push(packet);
      else this.take(packet);
    };
  }

  hold(delayMs: number): void {
    if (this.isHeld) return;
    this.isHeld = true;
    this.transport.socket.pause?.();
    setTimeout(() => {
      this.isHeld = false;
      this.goOn();
    }, delayMs).unref();
  }

  /** Takes one in a turn: it may be the reason to wait again. */
  private goOn(): void {
    if (this.isHeld) return;
    if (!this.waiting.length) {
      this.transport.socket.resume?.();
      return;
    }
    // Of a connection that has ended nothing is taken any more.
    if (this.transport.readyState === 'open') this.take(this.waiting.shift());
    else this.waiting.length = 0;
    setImmediate(() => this.goOn());
  }
}
