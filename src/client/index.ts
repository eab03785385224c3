export {CHAT_ERRORS, ChatError, type ChatErrorCode} from '../errors';
export {
  ChannelChangeKind,
  decodeMessage,
  encodeMessage,
  FRAMES,
  getMessageImageFromProto,
  getMessageReadFromProto,
  getMessageTextFromProto,
  getNotifyFromProto,
  MessageSession,
  MessageStatus,
  MessageType,
  NotifyStatus,
  NotifyType,
  setMessageImageToProto,
  setMessageReadToProto,
  setMessageTextToProto,
  setNotifyToProto,
  type FrameCodec,
  type WireChannel,
  type WireChannelChange,
  type WireCursor,
  type WireMessage,
  type WireMessageDelete,
  type WireMessageEdit,
  type WireNotify,
  type WirePresenceList,
  type WirePresenceQuery,
  type WireReaction,
  type WireSyncRequest,
  type WireSyncResponse,
  type WireTyping,
  type WireUser,
  ChatEvent,
  type Ack,
  type AuthAck,
  type ChangeAck,
  type ChatEventName,
  type CursorAck,
  type DataAck,
  type ErrorAck,
  type MessageAck,
  type NotifyAck,
  type PlainAck,
  type SuccessAck,
} from '../protocol';
export {NoAnswerError} from './answer';
export type {ChatClient, FileDraft, ImageDraft, TextDraft} from './chat-client';
export type {ChatStore, StoredName} from './chat-store';
export type {
  ChannelUpdate,
  ChatState,
  ClientEventMap,
  ClientEvents,
  ClientListener,
  MessageContext,
  ReactionEvent,
  ToldMessage,
  UserPresence,
} from './client-event-map';
export {connectChat} from './connect-chat';
export type {FileKind, MessageExtras} from './drafts';
export type {MessageRef, NotificationDraft, Sending} from './message-sender';
export {CLIENT_DEFAULTS, type ChatClientOptions, type History} from './options';
export type {Target} from './targets';
export type {TokenClaims, TokenGiver, UserIdOf} from './token-source';
export type {
  UploadedFile,
  Uploader,
  UploadProgress,
  UploadRequest,
} from './uploads';
