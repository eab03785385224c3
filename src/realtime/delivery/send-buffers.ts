/** What is used of an Engine.IO connection that its types do not show. */
export interface EngineSocket {
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly perMessageDeflate?: unknown;
    readonly socket?: {
      /** What the system has not taken yet, in bytes. */
      readonly bufferedAmount?: number;
      readonly _sender?: {readonly sendFrame?: unknown};
      terminate?(): void;
    };
  };
  write(
    data: string | Buffer,
    options: {readonly wsPreEncodedFrame?: readonly Buffer[]},
  ): void;
  close(discard?: boolean): void;
}

/** Knows how much waits unsent for each connection, and cuts who has too much. */
export class SendBuffers {
  private readonly waiting = new WeakMap<EngineSocket, number>();

  constructor(private readonly maxBytes: number) {}

  /**
   * Counts bytes about to be written. One answer may be larger than all that may
   * wait, as a reader cannot know before; not a second while that is on its way.
   * @returns false when the connection was cut instead: its reader is too slow
   */
  admits(conn: EngineSocket, bytes: number): boolean {
    if (conn.writeBuffer.length === 0) {
      this.waiting.delete(conn);
      if (bytes <= this.maxBytes || this.isTaken(conn)) return true;
      cut(conn);
      return false;
    }
    const total = (this.waiting.get(conn) ?? 0) + bytes;
    if (total <= this.maxBytes) {
      this.waiting.set(conn, total);
      return true;
    }
    cut(conn);
    return false;
  }

  /** Tells whether the system has taken most of what was handed to it. */
  private isTaken({transport}: EngineSocket): boolean {
    return (transport.socket?.bufferedAmount ?? 0) <= this.maxBytes;
  }
}

/** At once: a graceful end would wait for the reader. */
function cut(conn: EngineSocket): void {
  const {socket} = conn.transport;
  if (socket?.terminate) socket.terminate();
  else conn.close(true);
}
