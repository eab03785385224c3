import type {Ack, ClientEventName} from '../protocol';

/** How a request waits for its ack. */
export interface Waiting {
  /**
   * Called with each ack at once, before anything that comes after it; also with
   * one that comes after its time.
   */
  readonly onAck?: (ack: Ack) => void;
  /** How many times the usual time it may take; 1 by default. */
  readonly patience?: number;
}

/** What the parts of a client use of its connection. */
export interface Transport {
  /** Whether frames can be sent now. */
  readonly isUp: boolean;
  /**
   * Sends a frame.
   * @returns the ack, whatever it says
   * @throws NoAnswerError when the connection ends first, or time is up
   */
  request(
    event: ClientEventName,
    payload: Uint8Array | object,
    waiting?: Waiting,
  ): Promise<Ack>;
  /** Sends a frame that may be lost. */
  sendVolatile(event: ClientEventName, payload: Uint8Array): void;
}
