import {ChannelLog} from './channel-log';
import {isPosition, type ChannelPosition} from './channel-position';
import type {History} from './options';
import type {WireChannel} from '../protocol';

/** The logs of all channels of the user's. */
export class ChannelLogs {
  private readonly logs = new Map<string, ChannelLog>();
  /** Whether all channels are here that there were when the client started. */
  private isComplete = false;

  constructor(
    private readonly history: History,
    private readonly maxWaiting: number,
  ) {}

  /** Channels that this client has a cursor of. */
  get started(): ChannelLog[] {
    return [...this.logs.values()].filter(({isStarted}) => isStarted);
  }

  get all(): ChannelLog[] {
    return [...this.logs.values()];
  }

  /** What a store is to keep. */
  get positions(): ChannelPosition[] {
    return this.started.map(({position}) => position);
  }

  find(channelId: string): ChannelLog | undefined {
    return this.logs.get(channelId);
  }

  /** @returns the log of a channel, one without a start when there is none yet */
  of(channelId: string): ChannelLog {
    const known = this.logs.get(channelId);
    if (known) return known;
    const log = new ChannelLog(channelId, this.maxWaiting);
    this.logs.set(channelId, log);
    return log;
  }

  forget(channelId: string): void {
    this.logs.delete(channelId);
  }

  /** Goes on where a store says that the client was. */
  restore(stored: unknown): void {
    for (const position of Array.isArray(stored) ? stored : []) {
      if (isPosition(position)) this.of(position.channelId).start(position);
    }
  }

  /** The list of all channels was told to its end. */
  complete(): void {
    this.isComplete = true;
  }

  /**
   * Starts a channel that this client has no cursor of. A `single` one that is
   * new since the client started has no past before that: another device of the
   * user's may have received what this one has not. A group may have.
   */
  startNew(channel: WireChannel): ChannelLog {
    const log = this.of(channel.id ?? '');
    const {changeSeq = 0, messageSeq = 0, receivedSeq = 0} = channel;
    const isBorn = this.isComplete && channel.type === 'single';
    if (this.history === 'all' || isBorn) {
      log.start({changeSeq: 0, floor: 0, above: []});
    } else if (receivedSeq >= messageSeq) {
      log.start({changeSeq, floor: messageSeq, above: []});
    } else {
      // A message's change has at least the message's own number.
      log.start({changeSeq: receivedSeq, floor: receivedSeq, above: []});
    }
    log.isFresh = true;
    return log;
  }
}
