import type {Ack, SuccessAck} from '../protocol';
import type {OutboxEntry} from './outbox-entry';
import {judge, type Verdict} from './verdict';

/** Called with why a send will never be done. */
export type Reject = (err: unknown) => void;

/** One send that waits in the outbox. */
export interface OutboxItem {
  entry: OutboxEntry;
  attempts: number;
  faults: number;
  /** Of acks that come after their time, what the first that settles it says. */
  readonly lateVerdict: Promise<Verdict>;
  /** Takes an ack that came after its time. */
  readonly takeLate: (ack: Ack) => void;
  readonly resolve: (ack: SuccessAck) => void;
  readonly reject: Reject;
}

/** Sends that go one after the other. */
export interface OutboxLane {
  readonly items: OutboxItem[];
  isRunning: boolean;
}

/** Makes an item; `resolve` and `reject` are called once, when it is settled. */
export function makeItem(
  entry: OutboxEntry,
  resolve: OutboxItem['resolve'],
  reject: Reject,
): OutboxItem {
  let settle: (verdict: Verdict) => void = () => undefined;
  const lateVerdict = new Promise<Verdict>(settled => {
    settle = settled;
  });
  const takeLate = (ack: Ack) => {
    const verdict = judge(ack);
    // It is being sent again already.
    if (verdict.kind !== 'again') settle(verdict);
  };
  const counts = {attempts: 0, faults: 0};
  return {entry, ...counts, lateVerdict, takeLate, resolve, reject};
}
