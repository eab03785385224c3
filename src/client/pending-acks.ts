import type {Ack} from '../protocol';
import {NoAnswerError} from './answer';
import type {Waiting} from './transport';

/** Waits for acks, for a time or until the connection ends. */
export class PendingAcks {
  private readonly waiting = new Set<(err: NoAnswerError) => void>();

  constructor(private readonly timeoutMs: number) {}

  /**
   * Waits for one ack.
   * @param emit - sends the frame, with what is to be called by its ack
   * @param waiting - its `onAck`, as the promise tells of an ack later than of
   *   what came next
   * @throws NoAnswerError
   */
  wait(
    emit: (callback: (ack: Ack) => void) => void,
    {onAck, patience = 1}: Waiting = {},
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
        patience * this.timeoutMs,
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
