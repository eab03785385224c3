import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatServiceBindings} from '../keys';
import {ChatEvent} from '../protocol';
import type {ChatEventMap, ChatEvents} from '../services';
import type {Audience} from './audience';
import type {ChatServer} from './chat-socket';
import {Authors} from './delivery/authors';
import {Delivery} from './delivery/delivery';
import {toWireCursor} from './mappers/change.mapper';
import {channelRoom, userRoom} from './rooms';

type Moved = ChatEventMap['cursor.moved'];

/** How far members of a channel have come, to be told. */
interface Pending {
  readonly timer: NodeJS.Timeout;
  readonly byMember: Map<string, Moved>;
}

/**
 * Bounds what a large group says of itself: a hundred members who all write
 * would otherwise be told ten thousand times of each message.
 */
const MAX_TOLD_PER_SECOND = 5000;
/** So many devices hear of an arrival whose author is not remembered. */
const MAX_TOLD_UNKNOWN = 100;

/** Tells that messages were read to all members, that they arrived to their authors. */
@injectable({scope: BindingScope.SINGLETON})
export class CursorPublisher {
  private readonly authors = new Authors();
  private readonly pending = new Map<string, Pending>();
  /** When a channel may be told of arrivals again; only of those who must wait. */
  private readonly pauses = new Map<string, number>();

  constructor(
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.audience') private readonly audience: Audience,
  ) {}

  /** @returns a function that ends the telling */
  start(io: ChatServer): () => void {
    const {events} = this;
    const delivery = new Delivery(io, this.audience);
    const ends = [
      events.on('message.created', ({message: {channelId, seq}, sender}) =>
        this.authors.add(channelId, seq, sender.id),
      ),
      events.on('member.removed', event => this.forget(event)),
      events.on('cursor.moved', event => this.onMoved(delivery, event)),
    ];
    return () => {
      ends.forEach(end => end());
      for (const channelId of [...this.pending.keys()]) {
        this.tellReceived(delivery, channelId);
      }
    };
  }

  private forget(event: ChatEventMap['member.removed']): void {
    this.authors.remove(event);
    const pending = this.pending.get(event.channelId);
    for (const userId of event.userIds) pending?.byMember.delete(userId);
  }

  private onMoved(delivery: Delivery, event: Moved): void {
    if (event.isRead) {
      delivery.toChannel(event, ChatEvent.MessageRead, toWireCursor(event));
      return;
    }
    if (event.channelType === 'single') {
      delivery.toChannel(event, ChatEvent.MessageReceived, toWireCursor(event));
      return;
    }
    this.hold(delivery, event);
  }

  /** One member's moves are told as one. */
  private hold(delivery: Delivery, event: Moved): void {
    const {channelId, userId} = event;
    const {byMember} =
      this.pending.get(channelId) ?? this.open(delivery, channelId);
    const before = byMember.get(userId);
    byMember.set(userId, before ? joined(before, event) : event);
  }

  private open(delivery: Delivery, channelId: string): Pending {
    const waitMs = (this.pauses.get(channelId) ?? 0) - Date.now();
    const tell = () => this.tellReceived(delivery, channelId);
    const timer = setTimeout(tell, Math.max(0, waitMs));
    const pending = {timer, byMember: new Map<string, Moved>()};
    this.pending.set(channelId, pending);
    return pending;
  }

  private tellReceived(delivery: Delivery, channelId: string): void {
    const pending = this.pending.get(channelId);
    if (!pending) return;
    clearTimeout(pending.timer);
    this.pending.delete(channelId);
    let told = 0;
    for (const event of pending.byMember.values()) {
      const rooms = this.roomsFor(event, delivery);
      const bytes = toWireCursor(event);
      delivery.toRooms(rooms, ChatEvent.MessageReceived, bytes, event);
      for (const room of rooms) told += delivery.countIn(room);
    }
    this.pause(channelId, told);
  }

  /** Of what was written before this process ran all hear, where they are few. */
  private roomsFor(
    {channelId, userId, receivedBefore, receivedSeq}: Moved,
    delivery: Delivery,
  ): string[] {
    const room = channelRoom(channelId);
    const isKnown = this.authors.knowsAfter(channelId, receivedBefore);
    if (!isKnown && delivery.countIn(room) <= MAX_TOLD_UNKNOWN) return [room];
    const authors = this.authors.between(
      channelId,
      receivedBefore,
      receivedSeq,
    );
    return [...new Set([...authors, userId])].map(userRoom);
  }

  private pause(channelId: string, told: number): void {
    const now = Date.now();
    for (const [known, until] of this.pauses) {
      if (until > now) break;
      this.pauses.delete(known);
    }
    const untilMs = now + (told / MAX_TOLD_PER_SECOND) * 1000;
    this.pauses.delete(channelId);
    this.pauses.set(channelId, untilMs);
  }
}

/** Whose device moved it last knows by its ack; of two nobody is left out. */
function joined(before: Moved, event: Moved): Moved {
  const isSame = before.origin === event.origin;
  return {
    ...event,
    receivedSeq: Math.max(before.receivedSeq, event.receivedSeq),
    receivedBefore: Math.min(before.receivedBefore, event.receivedBefore),
    origin: isSame ? event.origin : undefined,
  };
}
