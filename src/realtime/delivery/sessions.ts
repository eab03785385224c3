import type {Session} from 'socket.io-adapter';

/** A connection that ended, as far as it can be taken up again. */
type Kept = Omit<Session, 'missedPackets'> & {
  readonly endedAt: number;
  /** Offset of what it has to have received, to be taken up again. */
  readonly since?: string;
};

/** A connection that is being taken up again. */
interface Resumed {
  readonly offset: string;
  readonly resumedAt: number;
  rooms: string[];
  /** Whether it was taken out of a room meanwhile, and does not know. */
  isEnded?: boolean;
}

/** One that was refused, or closed before it was let in, is forgotten after this. */
const MAX_RESUMING_MS = 60_000;

/** Bounds the memory of those who may come back. */
const MAX_SESSIONS = 10_000;

/** Remembers connections over a short break. */
export class Sessions {
  private readonly kept = new Map<string, Kept>();
  private readonly underway = new Map<string, Resumed>();

  constructor(private readonly maxAgeMs: number) {}

  /** Tells whether nobody is away who may come back. */
  get isEmpty(): boolean {
    return this.kept.size === 0 && this.underway.size === 0;
  }

  /** Keeps a connection; `since` is the offset that it has to have come to. */
  keep(session: Omit<Session, 'missedPackets'>, since?: string): void {
    this.underway.delete(session.sid);
    this.forgetOld();
    this.kept.set(session.pid, {...session, since, endedAt: Date.now()});
  }

  /** Puts those who were in any of some rooms into more. */
  add(of: ReadonlySet<string>, rooms: readonly string[]): void {
    for (const session of [...this.kept.values(), ...this.underway.values()]) {
      if (!session.rooms.some(room => of.has(room))) continue;
      session.rooms = [...session.rooms, ...rooms];
    }
  }

  /** Ends those of some rooms who are taken out of one: they would not hear of it. */
  end(of: ReadonlySet<string>, rooms: readonly string[]): void {
    const isHit = ({rooms: own}: {readonly rooms: readonly string[]}) =>
      own.some(room => of.has(room)) && own.some(room => rooms.includes(room));
    for (const [pid, session] of this.kept) {
      if (isHit(session)) this.kept.delete(pid);
    }
    for (const resumed of this.underway.values()) {
      if (isHit(resumed)) resumed.isEnded = true;
    }
  }

  /** @returns the offset that a connection has to have come to, if any */
  sinceOf(pid: string): string | undefined {
    return this.kept.get(pid)?.since;
  }

  /** Takes a connection out, once. */
  resume(pid: string, offset: string): Kept | undefined {
    const session = this.kept.get(pid);
    this.kept.delete(pid);
    if (!session || session.endedAt < Date.now() - this.maxAgeMs) {
      return undefined;
    }
    this.forgetRefused();
    const {sid, rooms} = session;
    this.underway.set(sid, {offset, rooms, resumedAt: Date.now()});
    return session;
  }

  /** @returns how the connection was when it ended, once */
  resumed(sid: string): Resumed | undefined {
    const resumed = this.underway.get(sid);
    this.underway.delete(sid);
    return resumed;
  }

  private forgetRefused(): void {
    const oldest = Date.now() - MAX_RESUMING_MS;
    for (const [sid, {resumedAt}] of this.underway) {
      if (resumedAt >= oldest) return;
      this.underway.delete(sid);
    }
  }

  private forgetOld(): void {
    const oldest = Date.now() - this.maxAgeMs;
    for (const [pid, {endedAt}] of this.kept) {
      if (endedAt >= oldest && this.kept.size < MAX_SESSIONS) return;
      this.kept.delete(pid);
    }
  }
}
