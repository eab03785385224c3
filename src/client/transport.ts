import type {Ack, ClientEventName} from '../protocol';

/** What the parts of a client use of its connection. */
export interface Transport {
  /** Whether frames can be sent now. */
  readonly isUp: boolean;
  /**
   * Sends a frame.
   * @param onAck - called with each ack at once, before anything that comes after
   *   it; also with one that comes after its time
   * @returns the ack, whatever it says
   * @throws NoAnswerError when the connection ends first, or time is up
   */
  request(
    event: ClientEventName,
    payload: Uint8Array | object,
    onAck?: (ack: Ack) => void,
  ): Promise<Ack>;
  /** Sends a frame that may be lost. */
  sendVolatile(event: ClientEventName, payload: Uint8Array): void;
}
