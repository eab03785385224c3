import type {Socket} from 'socket.io';
import {PacketType} from 'socket.io-parser';
import type {ChannelEvent} from '../../services';
import type {Audience} from '../audience';
import type {ChatServer, ChatSocketData} from '../chat-socket';
import {changeKey, type DeliveryAdapter} from './delivery.adapter';
import type {AckRequest} from './departures';

/** Where something happened, and by which connection, which knows already. */
export type Place = Pick<ChannelEvent, 'channelId' | 'channelType' | 'origin'> &
  Partial<Pick<ChannelEvent, 'changeSeq'>>;

/** What is asked of the receivers' devices. */
export interface AskReceived {
  /** Called with whose device has acked, and the id of its connection. */
  readonly onReceived: (userId: string, origin: string) => void;
  /** Of packets of one series, the ack of a later one stands for those before. */
  readonly series?: string;
}

/** Sends one encoded frame to all devices that are to hear of it. */
export class Delivery {
  /** Channels whose audience is being looked up: what comes after waits its turn. */
  private readonly underway = new Map<string, Promise<void>>();

  constructor(
    private readonly io: ChatServer,
    private readonly audience: Audience,
  ) {}

  /** How many devices are in a room. */
  countIn(room: string): number {
    return this.adapter.rooms.get(room)?.size ?? 0;
  }

  /** Sends to the members of a channel, in the order of the calls. */
  toChannel(
    place: Place,
    event: string,
    bytes: Uint8Array,
    ask?: AskReceived,
  ): void {
    const {channelId, channelType} = place;
    const before = this.underway.get(channelId);
    const rooms = this.audience.roomsOf(channelId, channelType);
    if (!before && Array.isArray(rooms)) {
      this.toRooms(rooms, event, bytes, place, ask);
      return;
    }
    const turn = Promise.all([rooms, before])
      .then(([found]) => this.toRooms(found, event, bytes, place, ask))
      // The database is away: whoever missed it finds it by the cursor.
      .catch(() => undefined)
      .finally(() => {
        if (this.underway.get(channelId) === turn) {
          this.underway.delete(channelId);
        }
      });
    this.underway.set(channelId, turn);
  }

  /** Sends to rooms, but not to the connection that it came from. */
  toRooms(
    rooms: readonly string[],
    event: string,
    bytes: Uint8Array,
    {origin, changeSeq}: Pick<Place, 'origin' | 'changeSeq'> = {},
    ask?: AskReceived,
  ): void {
    if (!rooms.length) return;
    this.adapter.deliver(
      {type: PacketType.EVENT, data: [event, bytes], nsp: '/'},
      {rooms: new Set(rooms), except: new Set(origin ? [origin] : [])},
      {
        ask: ask && toRequest(ask),
        change: origin && changeSeq ? changeKey(origin, changeSeq) : undefined,
      },
    );
  }

  private get adapter(): DeliveryAdapter {
    return this.io.of('/').adapter as DeliveryAdapter;
  }
}

function toRequest({series, onReceived}: AskReceived): AckRequest<Socket> {
  return {
    series,
    onAck(this: Socket, answer: unknown) {
      const {user}: ChatSocketData = this.data;
      if (isReceived(answer)) onReceived(user.id, this.id);
    },
  };
}

/** Whatever else a client answers is no receipt. */
function isReceived(answer: unknown): boolean {
  return (answer as {statusCode?: unknown} | undefined)?.statusCode === 200;
}
