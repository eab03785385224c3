import type {SuccessAck} from '../protocol';
import type {OutboxEntry} from './outbox-entry';
import type {Verdict} from './verdict';

/** Called with why a send will never be done. */
export type Reject = (err: unknown) => void;

/** One send that waits in the outbox. */
export interface OutboxItem {
  entry: OutboxEntry;
  attempts: number;
  faults: number;
  /** Whether an ack said what becomes of it. */
  isSettled: boolean;
  /** What the first ack says that settles it, in time or not. */
  readonly settled: Promise<Verdict>;
  readonly settle: (verdict: Verdict) => void;
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
  const settled = new Promise<Verdict>(resolveSettled => {
    settle = resolveSettled;
  });
  const start = {attempts: 0, faults: 0, isSettled: false};
  return {entry, ...start, settled, settle, resolve, reject};
}
