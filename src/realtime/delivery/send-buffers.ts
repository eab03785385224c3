/** What is used of an Engine.IO connection that its types do not show. */
export interface EngineSocket {
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly perMessageDeflate?: unknown;
    readonly socket?: {
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
   * Counts bytes about to be written.
   * @returns false when the connection was cut instead: its reader is too slow
   */
  admits(conn: EngineSocket, bytes: number): boolean {
    // What is not in the buffer any more was handed to the system.
    if (conn.writeBuffer.length === 0) {
      this.waiting.delete(conn);
      return true;
    }
    const total = (this.waiting.get(conn) ?? 0) + bytes;
    if (total <= this.maxBytes) {
      this.waiting.set(conn, total);
      return true;
    }
    cut(conn);
    return false;
  }
}

/** At once: a graceful end would wait for the reader. */
function cut(conn: EngineSocket): void {
  const {socket} = conn.transport;
  if (socket?.terminate) socket.terminate();
  else conn.close(true);
}
