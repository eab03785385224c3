import type {Packet} from 'socket.io-parser';

/** What decides who gets a packet: rooms, and those left out. */
export interface Audience {
  readonly rooms: Set<string>;
  readonly except?: Set<string>;
}

/** As small as may be: there are ten thousand, and each lives long. */
interface RecentPacket {
  readonly offset: string;
  readonly data: readonly unknown[];
  readonly bytes: number;
  readonly rooms: readonly string[];
  readonly except: readonly string[];
  readonly sentAt: number;
}

/** Bound what a busy server keeps for those who come back. */
const MAX_PACKETS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** What a packet takes besides its payload, about. */
const OVERHEAD = 500;
/** What it takes besides that on its way. */
const WIRE_OVERHEAD = 120;

/** The packets of the last minutes, for connections that come back after a short break. */
export class RecentPackets {
  private packets: RecentPacket[] = [];
  /** Index of the oldest one that is kept. */
  private first = 0;
  private bytes = 0;
  private count = 0;

  constructor(private readonly maxAgeMs: number) {}

  /** Keeps a packet, and puts its offset at the end of its data as clients expect it. */
  add(packet: Packet, {rooms, except}: Audience): void {
    const offset = (this.count++).toString(36);
    // Of its exact size: to an array that is added to V8 gives room for 16 more.
    const data: unknown[] = packet.data.concat(offset);
    packet.data = data;
    const bytes = sizeOf(data);
    this.packets.push({
      offset,
      data,
      bytes,
      rooms: [...rooms],
      except: except ? [...except] : [],
      sentAt: Date.now(),
    });
    this.bytes += bytes;
    this.prune();
  }

  /** The offset of the newest packet there was; of none before the first. */
  get newest(): string {
    return (this.count - 1).toString(36);
  }

  /**
   * Tells whether all that was sent after the offset is still here, and the offset
   * is not before another.
   */
  has(offset: string, since = ''): boolean {
    this.prune();
    const index = this.indexOf(offset);
    return index !== -1 && index >= this.indexOf(since);
  }

  /**
   * @returns what was sent to any of the rooms after the offset, oldest first,
   *   or undefined when the offset is too old to tell, or it is more than so
   *   many bytes
   */
  after(
    offset: string,
    rooms: readonly string[],
    maxBytes: number,
  ): (readonly unknown[])[] | undefined {
    const index = this.indexOf(offset);
    if (index === -1) return undefined;
    const own = new Set(rooms);
    const missed = this.packets
      .slice(index + 1)
      .filter(packet => isMeant(packet, own));
    const bytes = missed.reduce((sum, packet) => sum + packet.bytes, 0);
    const onTheWire = bytes - missed.length * (OVERHEAD - WIRE_OVERHEAD);
    return onTheWire > maxBytes ? undefined : missed.map(({data}) => data);
  }

  private indexOf(offset: string): number {
    const index = this.packets.findIndex(packet => packet.offset === offset);
    return index < this.first ? -1 : index;
  }

  private prune(): void {
    const oldest = Date.now() - this.maxAgeMs;
    while (this.first < this.packets.length) {
      const {sentAt, bytes} = this.packets[this.first];
      const count = this.packets.length - this.first;
      const isTooMuch = this.bytes > MAX_BYTES || count > MAX_PACKETS;
      if (sentAt >= oldest && !isTooMuch) break;
      this.bytes -= bytes;
      this.first++;
    }
    // Seldom: taking off the head moves all that is behind it.
    if (this.first < MAX_PACKETS / 10 && this.first < this.packets.length)
      return;
    this.packets = this.packets.slice(this.first);
    this.first = 0;
  }
}

function sizeOf(data: readonly unknown[]): number {
  const payloads = data.map(part =>
    part instanceof Uint8Array ? part.byteLength : 0,
  );
  return payloads.reduce((sum, bytes) => sum + bytes, OVERHEAD);
}

function isMeant({rooms, except}: RecentPacket, own: Set<string>): boolean {
  const isIncluded = !rooms.length || rooms.some(room => own.has(room));
  return isIncluded && !except.some(room => own.has(room));
}
