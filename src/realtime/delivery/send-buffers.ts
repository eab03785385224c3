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
  /** In bytes, by the list of what waits: a new one each time it is handed over. */
  private readonly queued = new WeakMap<readonly unknown[], number>();

  constructor(private readonly maxBytes: number) {}

  /**
   * Asks for bytes that are about to be written. Of what is long only half of all
   * that may wait counts: who asks cannot know how long the answer is.
   * @returns false when the connection was cut instead: its reader is too slow
   */
  admits(conn: EngineSocket, bytes: number): boolean {
    const handedOver = conn.transport.socket?.bufferedAmount ?? 0;
    const counted = Math.min(bytes, this.maxBytes / 2);
    const waiting = this.queuedOf(conn) + handedOver;
    if (waiting + counted <= this.maxBytes) return true;
    cut(conn);
    return false;
  }

  /** Counts one write, just before it is made. */
  count(conn: EngineSocket, bytes: number): void {
    // It goes to the transport at once, which counts for itself.
    if (conn.writeBuffer.length === 0 && conn.transport.writable) return;
    this.queued.set(conn.writeBuffer, this.queuedOf(conn) + bytes);
  }

  private queuedOf({writeBuffer}: EngineSocket): number {
    return this.queued.get(writeBuffer) ?? 0;
  }
}

/** At once: a graceful end would wait for the reader. */
function cut(conn: EngineSocket): void {
  const {socket} = conn.transport;
  if (socket?.terminate) socket.terminate();
  else conn.close(true);
}
