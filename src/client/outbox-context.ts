import type {SuccessAck} from '../protocol';
import type {ResolvedClientOptions} from './options';
import type {OutboxEntry} from './outbox-entry';
import type {Transport} from './transport';

/** What an outbox works with, and whom it tells. */
export interface OutboxContext {
  readonly transport: Transport;
  readonly options: ResolvedClientOptions;
  readonly signal: AbortSignal;
  /** Called at once by the ack, before the send's promise is settled. */
  onSent(entry: OutboxEntry, ack: SuccessAck): void;
  /** Called whenever more or less is unsent. */
  onChange(): void;
}
