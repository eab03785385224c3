import {BindingScope, inject, injectable} from '@loopback/core';
import type {MembershipService} from '../services';

/** Bounds what is remembered. */
const MAX_KNOWN = 50_000;

/** Remembers how many members channels have, to decide whether acks are asked for. */
@injectable({scope: BindingScope.SINGLETON})
export class ChannelSizes {
  private readonly sizes = new Map<string, number>();
  private readonly underway = new Set<string>();

  constructor(
    @inject('chat.membershipService')
    private readonly memberships: MembershipService,
  ) {}

  /** @returns undefined when it is not known yet; it will be soon */
  sizeOf(channelId: string): number | undefined {
    const size = this.sizes.get(channelId);
    if (size === undefined) this.load(channelId);
    return size;
  }

  /** Has the size looked up anew: members came or went. */
  forget(channelId: string): void {
    this.sizes.delete(channelId);
  }

  private load(channelId: string): void {
    if (this.underway.has(channelId)) return;
    this.underway.add(channelId);
    this.memberships
      .countMembers(channelId)
      .then(size => {
        if (this.sizes.size >= MAX_KNOWN) this.sizes.clear();
        this.sizes.set(channelId, size);
      })
      // The next message asks again.
      .catch(() => undefined)
      .finally(() => this.underway.delete(channelId));
  }
}
