import {
  CLIENT_EVENTS,
  FRAMES,
  type ClientEventName,
  type FrameCodec,
  type FrameName,
} from '../protocol';

/** The events that the outbox keeps until they are acked. */
export type OutboxEvent = Extract<
  ClientEventName,
  | `on-message:${'text' | 'image' | 'video' | 'audio' | 'file' | 'edit' | 'delete' | 'reaction'}`
  | 'on-notify'
>;

/** One send; plain, so that a store can keep it. */
export interface OutboxEntry {
  /** Of a message or a notification its own. */
  readonly id: string;
  /** Those of one lane are sent in order, one after the other's ack. */
  readonly lane: string;
  readonly event: OutboxEvent;
  readonly frame: object;
  /** Whether the server may have it already. */
  readonly isTried?: boolean;
}

/** @throws ChatError CHAT_INPUT_INVALID when a field has another type than its own */
export function encodeEntry({event, frame}: OutboxEntry): Uint8Array {
  const payload = CLIENT_EVENTS[event].payload as FrameName;
  return (FRAMES[payload] as FrameCodec<object>).encode(frame);
}

/** Tells an entry that was stored from what else may be in a store. */
export function isOutboxEntry(value: unknown): value is OutboxEntry {
  const {id, lane, event, frame} = (value ?? {}) as Partial<OutboxEntry>;
  return (
    typeof id === 'string' &&
    typeof lane === 'string' &&
    typeof event === 'string' &&
    Object.hasOwn(CLIENT_EVENTS, event) &&
    typeof frame === 'object' &&
    frame !== null
  );
}
