import type {Namespace, Socket} from 'socket.io';
import {
  Adapter,
  type BroadcastOptions,
  type Session,
  type SocketId,
} from 'socket.io-adapter';
import {PacketType, type Packet} from 'socket.io-parser';
import {presenceUserOf} from '../rooms';
import {writeChain} from './chain-writer';
import {Departures, type Departure} from './departures';
import {OutgoingPacket} from './outgoing-packet';
import {PacketChain} from './packet-chain';
import {RecentPackets} from './recent-packets';
import {Sessions} from './sessions';
import {SendBuffers} from './send-buffers';

/** The limits of a {@link DeliveryAdapter}. */
export interface DeliveryLimits {
  /** What a connection may have waiting unsent, in bytes. */
  readonly maxBufferedBytes: number;
  /** How long after a break a connection is taken up again, in milliseconds. */
  readonly maxDisconnectionMs: number;
}

/**
 * Delivers a packet by bytes made once for all receivers, cuts those who do not
 * read, and keeps what was sent for those who come back after a short break.
 */
export class DeliveryAdapter extends Adapter {
  private readonly sessions: Sessions;
  private readonly recent: RecentPackets;
  private readonly buffers: SendBuffers;
  private readonly departures: Departures<Socket>;
  private readonly names = new Map<string, string>();
  /** The offset at which a connection was last taken out of a room. */
  private readonly leftAt = new WeakMap<Socket, string>();

  constructor(
    readonly nsp: Namespace,
    private readonly limits: DeliveryLimits,
  ) {
    super(nsp);
    this.sessions = new Sessions(limits.maxDisconnectionMs);
    this.recent = new RecentPackets(limits.maxDisconnectionMs);
    this.buffers = new SendBuffers(limits.maxBufferedBytes);
    this.departures = new Departures({
      // The counter is the namespace's, so that one id does for all receivers.
      nextId: () => nsp._ids++,
      encode: packet => this.encode(packet),
      receivers: options => this.receivers(options),
      send: (socket, chain) => writeChain(socket, chain, this.buffers),
    });
    this.on('delete-room', (room: string) => this.names.delete(room));
  }

  /** Sends to all of the audience; kept for those who are away, unless volatile. */
  broadcast(packet: Packet, options: BroadcastOptions): void {
    this.deliver(packet, options);
  }

  /** The same, asking receivers for an ack; what is not volatile goes once a turn. */
  deliver(
    packet: Packet,
    options: BroadcastOptions,
    {ask, change}: Pick<Departure<Socket>, 'ask' | 'change'> = {},
  ): void {
    packet.nsp = this.nsp.name;
    if (options.flags?.volatile) {
      this.deliverVolatile(packet, options);
      return;
    }
    if (!this.isHeard(options)) return;
    if (packet.type === PacketType.EVENT) this.recent.add(packet, options);
    this.departures.add({packet, options, ask, change});
  }

  /** Sends a connection the answer to a frame, once a turn too. */
  answer(socket: Socket, packet: Packet): void {
    packet.nsp = this.nsp.name;
    const [{changeSeq} = {} as {changeSeq?: number}] = packet.data ?? [];
    const change = changeSeq && changeKey(socket.id, changeSeq);
    this.departures.answer({packet, to: socket, change: change || undefined});
  }

  /** Sends what waits for the end of the turn now. */
  flush(): void {
    this.departures.flush();
  }

  // Who is in a room hears what was said until then, and nothing later.

  addAll(id: SocketId, rooms: Set<string>): void {
    this.departures.flush();
    void super.addAll(id, new Set([...rooms].map(room => this.nameOf(room))));
  }

  del(id: SocketId, room: string): void {
    this.departures.flush();
    void super.del(id, room);
  }

  delAll(id: SocketId): void {
    this.departures.flush();
    super.delAll(id);
  }

  disconnectSockets(options: BroadcastOptions, close: boolean): void {
    this.departures.flush();
    super.disconnectSockets(options, close);
  }

  /** Puts connections into rooms, those too that may come back. */
  addSockets(options: BroadcastOptions, rooms: string[]): void {
    super.addSockets(options, rooms);
    this.sessions.add(options.rooms, rooms);
  }

  /** Takes connections out of rooms; who has not heard of it begins anew. */
  delSockets(options: BroadcastOptions, rooms: string[]): void {
    for (const socket of this.receivers(options)) {
      const isIn = rooms.some(room => socket.rooms.has(room));
      if (isIn) this.leftAt.set(socket, this.recent.newest);
    }
    super.delSockets(options, rooms);
    this.sessions.end(options.rooms, rooms);
  }

  persistSession(session: Omit<Session, 'missedPackets'>): void {
    // Whose presence it is told of it says again.
    const rooms = session.rooms.filter(
      room => presenceUserOf(room) === undefined,
    );
    const socket = this.nsp.sockets.get(session.sid);
    this.sessions.keep({...session, rooms}, socket && this.leftAt.get(socket));
  }

  /**
   * Takes a connection up again, with nothing of what it missed: who is behind
   * it is not known yet.
   */
  async restoreSession(pid: string, offset: string): Promise<Session> {
    const session = this.recent.has(offset, this.sessions.sinceOf(pid))
      ? this.sessions.resume(pid, offset)
      : undefined;
    // socket.io reads null as none, whatever its type says.
    if (!session) return null as unknown as Session;
    const {sid, data} = session;
    return {sid, pid, data, rooms: [], missedPackets: []};
  }

  /** Sends a connection that was taken up again what it missed, or ends it. */
  replay(socket: Socket): void {
    const resumed = this.sessions.resumed(socket.id);
    if (!resumed) return;
    const {offset, rooms, isEnded} = resumed;
    const isWhole = !isEnded && rooms.every(room => socket.rooms.has(room));
    const most = this.limits.maxBufferedBytes;
    const missed = isWhole ? this.recent.after(offset, rooms, most) : undefined;
    // The client believes that it has missed nothing.
    if (!missed) socket.disconnect(true);
    for (const data of missed ?? []) {
      const packet = {type: PacketType.EVENT, data, nsp: this.nsp.name};
      this.departures.answer({packet, to: socket});
    }
  }

  /** One string for all who are in a room: each has another of the same letters. */
  private nameOf(room: string): string {
    // Most rooms are one connection's own.
    if (!this.rooms.has(room)) return room;
    const known = this.names.get(room);
    if (known === undefined) this.names.set(room, room);
    return known ?? room;
  }

  /** Whoever is away may come back and ask for it. */
  private isHeard({rooms}: BroadcastOptions): boolean {
    if (!rooms.size || !this.sessions.isEmpty) return true;
    return [...rooms].some(room => this.rooms.has(room));
  }

  private receivers({rooms, except}: BroadcastOptions): Socket[] {
    const left = new Set<SocketId>();
    for (const room of except ?? []) {
      for (const id of this.rooms.get(room) ?? []) left.add(id);
    }
    const isOneRoom = rooms.size === 1;
    const chosen = rooms.size
      ? [...rooms].map(room => this.rooms.get(room) ?? [])
      : [this.sids.keys()];
    const receivers: Socket[] = [];
    for (const ids of chosen) {
      for (const id of ids) {
        if (left.has(id)) continue;
        if (!isOneRoom) left.add(id);
        const socket = this.nsp.sockets.get(id);
        if (socket) receivers.push(socket);
      }
    }
    return receivers;
  }

  private encode(packet: Packet): (string | Buffer)[] {
    return this.nsp.server.encoder.encode(packet) as (string | Buffer)[];
  }

  private deliverVolatile(packet: Packet, options: BroadcastOptions): void {
    const encode = (each: Packet) => this.encode(each);
    const chain = PacketChain.of(new OutgoingPacket(packet, encode));
    for (const socket of this.receivers(options)) {
      if (socket.conn.transport.writable)
        writeChain(socket, chain, this.buffers);
    }
  }
}

/** Names a change by the connection that made it. */
export function changeKey(origin: SocketId, changeSeq: number): string {
  return `${changeSeq} ${origin}`;
}
