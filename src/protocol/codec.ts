import {ChatError} from '../errors';
import {loopback4} from './chat.pb';

const {v1} = loopback4.chat;

/** A protobuf message as a plain object: only the fields that are set. */
type Plain<T> = {
  [K in keyof T as K extends `$${string}` ? never : K]?: T[K] extends
    string | number | boolean | null | undefined
    ? Exclude<T[K], null>
    : T[K] extends (infer E)[] | null | undefined
      ? Plain<E>[]
      : Plain<NonNullable<T[K]>>;
};

export type WireUser = Plain<loopback4.chat.v1.IUser>;
export type WireMessage = Plain<loopback4.chat.v1.IMessage>;
export type WireNotify = Plain<loopback4.chat.v1.INotify>;
export type WireCursor = Plain<loopback4.chat.v1.ICursor>;

/** Numbers on the wire of a message's session, type and status. */
export const MessageSession = v1.Message.Session;
export const MessageType = v1.Message.Type;
export const MessageStatus = v1.Message.Status;
export const NotifyType = v1.Notify.Type;
export const NotifyStatus = v1.Notify.Status;

interface Codec<T> {
  verify(message: {[k: string]: unknown}): string | null;
  encode(message: T): {finish(): Uint8Array};
  decode(bytes: Uint8Array): object;
}

/** @throws ChatError CHAT_INPUT_INVALID when a field has another type than its own */
function encode<T extends object>(codec: Codec<T>, message: T): Uint8Array {
  const problem = codec.verify(message as Record<string, unknown>);
  if (problem) {
    const [path, ...rest] = problem.split(': ');
    throw new ChatError('CHAT_INPUT_INVALID', {
      details: [{path, problem: rest.join(': ')}],
    });
  }
  return codec.encode(message).finish();
}

/** @throws ChatError CHAT_FRAME_INVALID when the bytes are no such message */
function decode<T>(codec: Codec<T>, bytes: Uint8Array): T {
  try {
    return toPlain(codec.decode(bytes)) as T;
  } catch (err) {
    throw new ChatError('CHAT_FRAME_INVALID', {cause: err});
  }
}

/** Leaves prototype, empty lists and 64-bit objects behind. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  if ('toNumber' in value && typeof value.toNumber === 'function') {
    return value.toNumber();
  }
  const fields = Object.entries(value)
    .filter(([name]) => !name.startsWith('$'))
    .map(([name, field]) => [name, toPlain(field)] as const)
    .filter(([, field]) => !(Array.isArray(field) && field.length === 0));
  return Object.fromEntries(fields);
}

/** Encodes a message of any kind. */
export const encodeMessage = (message: WireMessage): Uint8Array =>
  encode<WireMessage>(v1.Message, message);

/** Decodes a message of any kind. @throws ChatError CHAT_FRAME_INVALID */
export const decodeMessage = (bytes: Uint8Array): WireMessage =>
  decode<WireMessage>(v1.Message, bytes);

/** Encodes a text message; its type is always TEXT. */
export const setMessageTextToProto = (message: WireMessage): Uint8Array =>
  encodeMessage({...message, type: MessageType.TEXT});

/** Decodes a text message. @throws ChatError CHAT_FRAME_INVALID */
export const getMessageTextFromProto = decodeMessage;

/** Encodes an image message; its type is always IMAGE. */
export const setMessageImageToProto = (message: WireMessage): Uint8Array =>
  encodeMessage({...message, type: MessageType.IMAGE});

/** Decodes an image message. @throws ChatError CHAT_FRAME_INVALID */
export const getMessageImageFromProto = decodeMessage;

/** Encodes a notification. */
export const setNotifyToProto = (notify: WireNotify): Uint8Array =>
  encode<WireNotify>(v1.Notify, notify);

/** Decodes a notification. @throws ChatError CHAT_FRAME_INVALID */
export const getNotifyFromProto = (bytes: Uint8Array): WireNotify =>
  decode<WireNotify>(v1.Notify, bytes);

/** Encodes how far a channel was read. */
export const setMessageReadToProto = (cursor: WireCursor): Uint8Array =>
  encode<WireCursor>(v1.Cursor, cursor);

/** Decodes how far a channel was read. @throws ChatError CHAT_FRAME_INVALID */
export const getMessageReadFromProto = (bytes: Uint8Array): WireCursor =>
  decode<WireCursor>(v1.Cursor, bytes);
