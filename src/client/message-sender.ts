import {invalidInput} from '../errors';
import {
  ChatEvent,
  NotifyStatus,
  type ChangeAck,
  type MessageAck,
  type NotifyAck,
  type WireNotify,
} from '../protocol';
import {
  eventOf,
  toMessageFrame,
  type MessageExtras,
  type SentKind,
} from './drafts';
import type {Lanes} from './lanes';
import type {Outbox} from './outbox';
import type {OutboxEntry} from './outbox-entry';
import type {Target} from './targets';
import {uniqueId} from './unique-id';

/** The ack that a send waits for; `id` is the message's from the start. */
export type Sending<A> = Promise<A> & {readonly id: string};

/** A message that is changed; one that `message` told of, or its ids. */
export interface MessageRef {
  readonly id?: string;
  readonly channelId?: string;
}

/** A notification to another user. */
export interface NotificationDraft {
  readonly to: string;
  readonly id?: string;
  /** A number of `NotifyType`. */
  readonly type: number;
  readonly remark?: string;
  readonly ext?: string;
  /** Of an invitation: the group. */
  readonly channelId?: string;
}

/** Puts what the user sends into the outbox, in the lane of its channel. */
export class MessageSender {
  constructor(
    private readonly outbox: Outbox,
    private readonly lanes: Lanes,
  ) {}

  message(
    kind: SentKind,
    to: Target,
    content: string,
    extras: MessageExtras,
  ): Sending<MessageAck> {
    const id = extras.id ?? uniqueId();
    const frame = toMessageFrame(kind, {to, id, content}, extras);
    const lane = this.lanes.ofTarget(to);
    return this.put({id, lane, event: eventOf(kind), frame});
  }

  edit(ref: MessageRef, text: string, ext?: string): Sending<ChangeAck> {
    const frame = {...placeOf(ref), text, ...(ext !== undefined && {ext})};
    return this.change(ref, ChatEvent.MessageEdit, frame);
  }

  remove(ref: MessageRef): Sending<ChangeAck> {
    return this.change(ref, ChatEvent.MessageDelete, placeOf(ref));
  }

  react(ref: MessageRef, emoji: string, removed: boolean): Sending<ChangeAck> {
    const frame = {...placeOf(ref), emoji, removed};
    return this.change(ref, ChatEvent.MessageReaction, frame);
  }

  notify({to, ...draft}: NotificationDraft): Sending<NotifyAck> {
    const id = draft.id ?? uniqueId();
    const status = NotifyStatus.INITIAL;
    const timer = String(Date.now());
    return this.notification({...draft, id, receiver: to, status, timer});
  }

  answerNotification(id: string, status: number): Sending<NotifyAck> {
    return this.notification({id, status});
  }

  private notification(frame: WireNotify): Sending<NotifyAck> {
    const {id = ''} = frame;
    const event = ChatEvent.Notify;
    return this.put({id, lane: 'notifications', event, frame});
  }

  /** What is changed may itself not be sent yet. */
  private change(
    ref: MessageRef,
    event: OutboxEntry['event'],
    frame: object,
  ): Sending<ChangeAck> {
    const {id = '', channelId} = ref;
    const place = channelId ?? this.lanes.placeOf(id) ?? id;
    const lane = this.outbox.laneOf(id) ?? this.lanes.ofChannel(place);
    return this.put({id: uniqueId(), lane, event, frame});
  }

  private put<A>(entry: OutboxEntry): Sending<A> {
    const sent = this.outbox.add(entry) as unknown as Promise<A>;
    return Object.assign(sent, {id: entry.id});
  }
}

/** An image is a URL or an attachment, all else an attachment. */
export interface ContentDraft {
  readonly url?: string;
  readonly attachmentId?: string;
}

/** @throws ChatError CHAT_INPUT_INVALID when there is none, or more than one */
export function contentOf({url, attachmentId}: ContentDraft): string {
  const content = url ?? attachmentId;
  const isOne = (url === undefined) !== (attachmentId === undefined);
  if (content !== undefined && isOne) return content;
  throw invalidInput('attachmentId', 'or url must be given');
}

function placeOf({id: messageId, channelId}: MessageRef) {
  return {messageId, ...(channelId !== undefined && {channelId})};
}
