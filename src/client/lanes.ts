import {MessageSession, type WireMessage} from '../protocol';
import type {Target} from './targets';

/** Bounds what is remembered of who talks to whom. */
const MAX_KNOWN = 10_000;

/**
 * Names the lane of a send, so that what goes to one channel goes in one lane: a
 * `single` channel is named by its other user as long as its id is not known.
 */
export class Lanes {
  private readonly peers = new Map<string, string>();
  private readonly places = new Map<string, string>();

  /** Learns from a message where it is, and who talks in a `single` channel. */
  learn(message: WireMessage, ownId?: string): void {
    const {id, session, channelId, sender, receiver} = message;
    if (!channelId) return;
    if (this.places.size >= MAX_KNOWN) this.places.clear();
    if (id) this.places.set(id, channelId);
    if (session !== MessageSession.SINGLE) return;
    const peer = sender?.id === ownId ? receiver : sender?.id;
    if (!peer || this.peers.has(channelId)) return;
    if (this.peers.size >= MAX_KNOWN) this.peers.clear();
    this.peers.set(channelId, peer);
  }

  ofTarget(to: Target): string {
    if ('user' in to) return `user ${to.user}`;
    return this.ofChannel('group' in to ? to.group : to.channel);
  }

  ofChannel(channelId: string): string {
    const peer = this.peers.get(channelId);
    return peer === undefined ? `channel ${channelId}` : `user ${peer}`;
  }

  /** @returns the channel of a message, where it is remembered */
  placeOf(messageId: string): string | undefined {
    return this.places.get(messageId);
  }

  /** @returns the id of a target's channel, where it is known */
  channelIdOf(to: Target): string | undefined {
    if ('group' in to) return to.group;
    if ('channel' in to) return to.channel;
    return [...this.peers].find(([, peer]) => peer === to.user)?.[0];
  }
}
