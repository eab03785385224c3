import {BindingScope, injectable} from '@loopback/core';

/** Whether a user is connected, and when last. */
export interface PresenceState {
  readonly userId: string;
  readonly isOnline: boolean;
  /** Milliseconds since the epoch; absent for one who was never seen. */
  readonly lastSeenAt?: number;
}

/** Bounds what is remembered of those who left. */
const MAX_REMEMBERED = 100_000;

/** Knows who is connected to this process; several devices count as one. */
@injectable({scope: BindingScope.SINGLETON})
export class Presence {
  private readonly devices = new Map<string, number>();
  private readonly lastSeen = new Map<string, number>();

  /** Counts a device. @returns whether the user came online by it */
  add(userId: string): boolean {
    const count = this.devices.get(userId) ?? 0;
    this.devices.set(userId, count + 1);
    return count === 0;
  }

  /** Takes a device back. @returns whether the user went offline by it */
  remove(userId: string): boolean {
    const count = (this.devices.get(userId) ?? 0) - 1;
    if (count > 0) {
      this.devices.set(userId, count);
      return false;
    }
    const isKnown = this.devices.delete(userId);
    this.remember(userId);
    return isKnown;
  }

  stateOf(userId: string): PresenceState {
    if (this.devices.has(userId)) {
      return {userId, isOnline: true, lastSeenAt: Date.now()};
    }
    return {userId, isOnline: false, lastSeenAt: this.lastSeen.get(userId)};
  }

  private remember(userId: string): void {
    // What is set anew is the youngest; the oldest is forgotten first.
    this.lastSeen.delete(userId);
    this.lastSeen.set(userId, Date.now());
    if (this.lastSeen.size <= MAX_REMEMBERED) return;
    const [oldest] = this.lastSeen.keys();
    this.lastSeen.delete(oldest);
  }
}
