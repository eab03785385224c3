import type {BroadcastOptions} from 'socket.io-adapter';
import type {Packet} from 'socket.io-parser';
import {
  OutgoingPacket,
  type AckListener,
  type Encoded,
} from './outgoing-packet';
import {PacketChain} from './packet-chain';

/** Asks receivers for an ack. */
export interface AckRequest<S> {
  readonly onAck: AckListener<S>;
  /** Of packets of one series, the ack of a later one stands for those before. */
  readonly series?: string;
}

/** Something to be sent, and to whom. */
export interface Departure<S> {
  readonly packet: Packet;
  readonly options: BroadcastOptions;
  readonly ask?: AckRequest<S>;
  /** Names the change that it tells of, for the answer to whoever made it. */
  readonly change?: string;
}

/** Something to be sent to one connection alone, which has asked for it. */
export interface Answer<S> {
  readonly packet: Packet;
  readonly to: S;
  /** Names the change that it answers, if any. */
  readonly change?: string;
}

/** What it takes to send. */
export interface Departing<S> {
  encode(packet: Packet): Encoded;
  nextId(): number;
  receivers(options: BroadcastOptions): S[];
  send(socket: S, chain: PacketChain): void;
}

/** Up to this many receivers are asked each time: it costs little, and is simple. */
const MAX_ALWAYS_ASKED = 16;
/** Bounds what waits for the end of a turn. */
const MAX_WAITING = 1000;

/** What is sent at one place in the order of a turn: the answers last. */
interface Place<S> {
  readonly departure?: Departure<S>;
  readonly answers: Answer<S>[];
}

/**
 * Gathers what is sent in one turn of the event loop, so that each connection is
 * written to once. Many receivers are asked for one ack of a series a turn, by
 * the last packet of it that they get. An answer stands where the change is told
 * that it answers, so that whoever made it sees changes in order too.
 */
export class Departures<S> {
  private waiting: Place<S>[] = [];
  /** Where changes are told, by their names. */
  private places = new Map<string, Place<S>>();
  private due?: NodeJS.Immediate;

  constructor(private readonly line: Departing<S>) {}

  /** Sends with all else of this turn, after what was added before. */
  add(departure: Departure<S>): void {
    const place = {departure, answers: []};
    if (departure.change) this.places.set(departure.change, place);
    this.wait(place);
  }

  /** Sends an answer in its place, or else after what was added before. */
  answer(answer: Answer<S>): void {
    const place = this.places.get(answer.change ?? '');
    if (place) place.answers.push(answer);
    else this.wait({answers: [answer]});
  }

  private wait(place: Place<S>): void {
    this.waiting.push(place);
    if (this.waiting.length >= MAX_WAITING) this.flush();
    else this.due ??= setImmediate(() => this.flush());
  }

  /** Sends now; to be called before any connection comes into a room or goes. */
  flush(): void {
    if (!this.waiting.length) return;
    clearImmediate(this.due);
    this.due = undefined;
    const places = this.waiting;
    this.waiting = [];
    this.places = new Map();
    for (const [socket, chain] of this.chainsOf(places)) {
      this.line.send(socket, chain);
    }
  }

  /** From the last one to the first, as only the last of a series asks. */
  private chainsOf(places: readonly Place<S>[]): Map<S, PacketChain> {
    const chains = new Map<S, PacketChain>();
    const asked = new Map<string, Set<S>>();
    const put = (socket: S, first: OutgoingPacket) =>
      chains.set(socket, PacketChain.of(first, chains.get(socket)));
    for (const {departure, answers} of [...places].reverse()) {
      for (const {to, packet} of [...answers].reverse()) {
        put(to, this.variants(packet).plain());
      }
      if (!departure) continue;
      const {packet, options, ask} = departure;
      const sockets = this.line.receivers(options);
      const packets = this.variants(packet, ask?.onAck);
      const done = seriesOf(asked, sockets.length, ask?.series);
      for (const socket of sockets) {
        const isAsked = ask && !done?.has(socket);
        if (isAsked) done?.add(socket);
        put(socket, isAsked ? packets.asking() : packets.plain());
      }
    }
    return chains;
  }

  /** Each is encoded once, when it is wanted. */
  private variants(packet: Packet, onAck?: AckListener<S>) {
    const encode = (each: Packet) => this.line.encode(each);
    let plain: OutgoingPacket | undefined;
    let asking: OutgoingPacket | undefined;
    return {
      plain: () => (plain ??= new OutgoingPacket({...packet}, encode)),
      asking: () =>
        (asking ??= new OutgoingPacket(
          {...packet, id: this.line.nextId()},
          encode,
          onAck as AckListener,
        )),
    };
  }
}

/** @returns who was asked already, or undefined when each one is to be */
function seriesOf<S>(
  asked: Map<string, Set<S>>,
  receivers: number,
  series: string | undefined,
): Set<S> | undefined {
  if (series === undefined || receivers <= MAX_ALWAYS_ASKED) return undefined;
  const known = asked.get(series) ?? new Set<S>();
  asked.set(series, known);
  return known;
}
