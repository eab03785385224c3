import type {Packet} from 'socket.io-parser';

/** What decides who gets a packet: rooms, and those left out. */
export interface Audience {
  readonly rooms: Set<string>;
  readonly except?: Set<string>;
}

interface RecentPacket {
  readonly offset: string;
  readonly data: unknown[];
  readonly audience: Audience;
  readonly sentAt: number;
}

/** Bounds what a busy server keeps for those who come back. */
const MAX_PACKETS = 10_000;

/** The packets of the last minutes, for connections that come back after a short break. */
export class RecentPackets {
  private packets: RecentPacket[] = [];
  private count = 0;

  constructor(private readonly maxAgeMs: number) {}

  /** Keeps a packet, and puts its offset at the end of its data as clients expect it. */
  add(packet: Packet, audience: Audience): void {
    const offset = (this.count++).toString(36);
    packet.data.push(offset);
    const {data} = packet;
    this.packets.push({offset, data, audience, sentAt: Date.now()});
    if (this.packets.length >= 2 * MAX_PACKETS) this.prune();
  }

  /** Tells whether all that was sent after the offset is still here. */
  has(offset: string): boolean {
    this.prune();
    return this.packets.some(packet => packet.offset === offset);
  }

  /** @returns what was sent to any of the rooms after the offset, oldest first */
  after(offset: string, rooms: readonly string[]): unknown[][] {
    const index = this.packets.findIndex(packet => packet.offset === offset);
    if (index === -1) return [];
    return this.packets
      .slice(index + 1)
      .filter(({audience}) => isMeant(audience, rooms))
      .map(({data}) => data);
  }

  private prune(): void {
    const oldest = Date.now() - this.maxAgeMs;
    const first = this.packets.findIndex(({sentAt}) => sentAt >= oldest);
    const tooOld = first === -1 ? this.packets.length : first;
    const tooMany = this.packets.length - MAX_PACKETS;
    const dropped = Math.max(tooOld, tooMany);
    if (dropped > 0) this.packets = this.packets.slice(dropped);
  }
}

function isMeant({rooms, except}: Audience, own: readonly string[]): boolean {
  const isIncluded = rooms.size === 0 || own.some(room => rooms.has(room));
  return isIncluded && !own.some(room => except?.has(room));
}
