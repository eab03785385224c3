import {BindingScope, inject, injectable} from '@loopback/core';
import type {MembershipService} from '../services';
import {Remembered} from './remembered';

/** Bounds what is remembered. */
const MAX_KNOWN = 50_000;

/** Remembers how many members channels have, to decide whether acks are asked for. */
@injectable({scope: BindingScope.SINGLETON})
export class ChannelSizes {
  private readonly sizes: Remembered<number>;
  /** Of channels whose members came or went since they were counted. */
  private readonly estimates = new Map<string, number>();

  constructor(
    @inject('chat.membershipService') memberships: MembershipService,
  ) {
    this.sizes = new Remembered(
      channelId => memberships.countMembers(channelId),
      MAX_KNOWN,
    );
  }

  /** @returns undefined when it is not known yet, not about either; it will be soon */
  sizeOf(channelId: string): number | undefined {
    const size = this.sizes.peek(channelId);
    if (size === undefined) {
      // The next message asks again when it fails.
      this.sizes.get(channelId).catch(() => undefined);
      return this.estimates.get(channelId);
    }
    this.estimates.delete(channelId);
    return size;
  }

  /** Notes with how many members a channel was opened. */
  know(channelId: string, size: number): void {
    this.sizes.set(channelId, size);
  }

  /** Has the size looked up anew: so many members came, or went where it is below 0. */
  change(channelId: string, by: number): void {
    const size = this.sizes.peek(channelId) ?? this.estimates.get(channelId);
    this.sizes.forget(channelId);
    if (size === undefined) return;
    if (this.estimates.size >= MAX_KNOWN) this.estimates.clear();
    this.estimates.set(channelId, size + by);
  }
}
