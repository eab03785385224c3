import {ChannelChangeKind, type WireMessage} from '../protocol';
import type {ChannelLogs} from './channel-logs';
import type {ChannelStates} from './channel-states';
import type {MessageContext, ToldMessage} from './client-event-map';
import type {AckFrame} from './connection';
import type {Emitter} from './emitter';
import type {Identity} from './identity';
import {INCOMING, type Incoming, type IncomingEvent} from './incoming';
import type {Lanes} from './lanes';
import type {Received} from './received';

/** What a feed works with, and whom it tells. */
export interface FeedContext {
  readonly logs: ChannelLogs;
  readonly states: ChannelStates;
  readonly emitter: Emitter;
  readonly received: Received;
  readonly lanes: Lanes;
  readonly identity: Identity;
  /** Something of the channel is missing and has to be asked for. */
  onGap(channelId: string): void;
  /** The client is further than before. */
  onMoved(): void;
}

const RECEIVED = {statusCode: 200} as const;
const {DELETED, MEMBER_REMOVED} = ChannelChangeKind;

/** Takes in the history of the channels as it is made, and tells it in order. */
export class Feed {
  constructor(private readonly context: FeedContext) {}

  /**
   * Takes a frame of the server's.
   * @throws ChatError CHAT_FRAME_INVALID
   */
  take(event: IncomingEvent, bytes: Uint8Array, ack?: AckFrame): void {
    this.takeIncoming(INCOMING[event](bytes), 'live', ack);
  }

  /** Takes a message of this client's own that the server has stored. */
  takeSent(message: WireMessage): void {
    const {id: messageId, channelId = '', changeSeq = 0} = message;
    const tell = () => true;
    const sent = {channelId, changeSeq, messageId, message, tell};
    this.takeIncoming(sent, 'sent');
  }

  /** Hears that a channel has a change, but not what it says. */
  expect(channelId: string, changeSeq: number): void {
    const log = this.context.logs.of(channelId);
    if (log.expect(changeSeq) || !log.isStarted) this.context.onGap(channelId);
  }

  /** Tells of a message and notes it. @returns false when a listener failed */
  tellMessage(message: WireMessage, source: MessageContext['source']): boolean {
    const {lanes, states, identity, emitter} = this.context;
    const isOwn = source === 'sent' || identity.isOwn(message);
    lanes.learn(message, identity.userId);
    states.addMessage(message, isOwn);
    return emitter.emit('message', message as ToldMessage, {isOwn, source});
  }

  /** Drops a channel that is no longer the user's. */
  drop(channelId: string, change?: Incoming['change']): void {
    this.context.logs.forget(channelId);
    const channel = this.context.states.remove(channelId);
    this.context.onMoved();
    if (!channel && !change) return;
    const update = {kind: 'removed', channelId, channel, change} as const;
    this.context.emitter.emit('channel', update);
  }

  private takeIncoming(
    incoming: Incoming,
    source: MessageContext['source'],
    ack?: AckFrame,
  ): void {
    const {channelId, changeSeq, messageId} = incoming;
    if (!channelId) return;
    if (changeSeq === 1 && !this.context.logs.find(channelId)) {
      this.open(incoming);
    }
    const log = this.context.logs.of(channelId);
    if (!changeSeq) {
      if (log.isStarted) this.tell(incoming, source);
      else this.context.onGap(channelId);
      return;
    }
    const isGap = log.take({
      ...{changeSeq, messageId},
      seq: incoming.message?.seq,
      tell: () => this.tell(incoming, source),
      confirm: () => this.confirm(incoming, source, ack),
    });
    if (isGap || !log.isStarted) this.context.onGap(channelId);
    this.context.onMoved();
  }

  /** What is heard from its first change on need not wait for an answer. */
  private open({channelId, message, change}: Incoming): void {
    const {logs, states, emitter, onGap} = this.context;
    logs.of(channelId).goLive();
    const type = message?.channelType ?? change?.channel?.type;
    states.replace({id: channelId, type});
    const channel = states.all.get(channelId);
    emitter.emit('channel', {kind: 'added', channelId, channel});
    onGap(channelId);
  }

  private tell(incoming: Incoming, source: MessageContext['source']): boolean {
    const {message, change} = incoming;
    if (message) return this.tellMessage(message, source);
    if (change) return this.tellChange(incoming.channelId, change);
    return incoming.tell(this.context.emitter);
  }

  private tellChange(
    channelId: string,
    change: NonNullable<Incoming['change']>,
  ): boolean {
    const {states, emitter, identity} = this.context;
    const {kind, userIds = []} = change;
    const isOut =
      kind === MEMBER_REMOVED && userIds.includes(identity.userId ?? '');
    if (isOut || kind === DELETED) {
      this.drop(channelId, change);
      return true;
    }
    states.apply(change);
    const channel = states.all.get(channelId);
    const update = {kind: 'updated', channelId, channel, change} as const;
    return emitter.emit('channel', update);
  }

  private confirm(
    {channelId, message}: Incoming,
    source: MessageContext['source'],
    ack?: AckFrame,
  ): void {
    ack?.(RECEIVED);
    if (!message || source === 'sent') return;
    this.context.received.add(channelId, message.seq ?? 0, !!ack);
  }
}
