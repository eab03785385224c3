import type {Ack} from '../protocol';
import {NoAnswerError} from './answer';

/** Called with the ack of a frame. */
export type AckCallback = (ack: Ack) => void;

/** Waits for acks, for a time or until the connection ends. */
export class PendingAcks {
  private readonly waiting = new Set<(err: NoAnswerError) => void>();

  constructor(private readonly timeoutMs: number) {}

  /**
   * Waits for one ack.
   * @param emit - sends the frame, with what is to be called by its ack
   * @param onAck - called with each ack at once, as the promise tells of it later
   *   than of what came next; also with one that comes after the waiting has ended
   * @throws NoAnswerError
   */
  wait(
    emit: (callback: AckCallback) => void,
    onAck?: AckCallback,
  ): Promise<Ack> {
    return new Promise((resolve, reject) => {
      const fail = (err: NoAnswerError) => {
        end();
        reject(err);
      };
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(fail);
      };
      const timer = setTimeout(
        () => fail(new NoAnswerError('timeout')),
        this.timeoutMs,
      );
      this.waiting.add(fail);
      emit(ack => {
        onAck?.(ack);
        end();
        resolve(ack);
      });
    });
  }

  /** Ends the waiting for all: the connection has ended. */
  breakAll(): void {
    for (const fail of [...this.waiting]) {
      fail(new NoAnswerError('disconnected'));
    }
  }
}
