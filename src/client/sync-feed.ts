import type {WireChannel} from '../protocol';
import type {ChannelLog} from './channel-log';
import type {CursorMove} from './channel-states';
import type {Feed, FeedContext} from './feed';
import type {ChannelPage} from './sync-questions';
import {tellState} from './told-state';

/** Takes in what was asked for, and tells it as if it had come live. */
export class SyncFeed {
  constructor(
    private readonly context: FeedContext,
    private readonly feed: Feed,
  ) {}

  /**
   * Takes a channel of the list of all.
   * @returns whether there is something to ask for
   */
  takeListed({channel = {}}: ChannelPage): boolean {
    const {changeSeq = 0, messageSeq} = channel;
    const log = this.context.logs.of(channel.id ?? '');
    const isNew = !log.isStarted;
    if (isNew) this.context.logs.startNew(channel);
    this.tellMoves(this.tellChannel(channel));
    log.expect(changeSeq);
    const {members} = this.context.states.all.get(log.channelId) ?? {};
    // A list has members of some channels only.
    if (log.cursor < changeSeq || (isNew && !members)) return true;
    return isNew && this.ends(log, messageSeq);
  }

  /**
   * Takes a part of what a channel was asked for.
   * @returns whether there is more to ask for
   */
  takePage(page: ChannelPage, askedFrom: number): boolean {
    const {channel = {}} = page;
    const log = this.context.logs.of(channel.id ?? '');
    if (!log.isStarted) this.context.logs.startNew(channel);
    if (isReset(page, askedFrom)) {
      const {changeSeq = 0} = page;
      log.restart({changeSeq, floor: channel.messageSeq ?? 0, above: []});
      this.context.states.remove(log.channelId);
    }
    const moves = this.tellChannel(channel);
    const isMore = this.takeChanges(log, page, askedFrom);
    // After the messages that they are about.
    this.tellMoves(moves);
    return isMore;
  }

  private takeChanges(
    log: ChannelLog,
    page: ChannelPage,
    askedFrom: number,
  ): boolean {
    const {channel = {}, changeSeq = 0, more} = page;
    // It was asked for the channel's name alone.
    if (!log.isCatchingUp) return false;
    // The answer is about another stretch than the one that is missing.
    if (log.cursor !== askedFrom) return true;
    this.takeMessages(log, page);
    log.moveTo(changeSeq);
    this.context.onMoved();
    return more ? true : this.ends(log, channel.messageSeq);
  }

  private takeMessages(
    log: ChannelLog,
    {messages = [], changeSeq: upTo = 0}: ChannelPage,
  ): void {
    for (const message of messages) {
      const {id: messageId, changeSeq, seq} = message;
      const what = log.takeState({messageId, changeSeq, seq}, upTo);
      if (what === 'new') this.feed.tellMessage(message, 'sync');
      else if (what && !log.isFresh) tellState(this.context.emitter, message);
    }
  }

  /** @returns whether something is missing still */
  private ends(log: ChannelLog, messageSeq = 0): boolean {
    const {states, received} = this.context;
    const isBehind = log.catchUpEnds(messageSeq);
    const known = states.all.get(log.channelId)?.receivedSeq ?? 0;
    if (messageSeq > known) received.add(log.channelId, messageSeq, false);
    return isBehind;
  }

  private tellChannel(told: WireChannel): readonly CursorMove[] {
    const {emitter, states, identity} = this.context;
    const {kind, moves} = states.replace(told, identity.userId);
    const channelId = told.id ?? '';
    const channel = states.all.get(channelId);
    if (kind) emitter.emit('channel', {kind, channelId, channel});
    return moves;
  }

  private tellMoves(moves: readonly CursorMove[]): void {
    for (const {event, cursor} of moves) {
      this.context.emitter.emit(event, cursor);
    }
  }
}

/** Tells whether the server knows less than it once did: another database. */
function isReset({channel, changeSeq = 0}: ChannelPage, askedFrom: number) {
  const present = channel?.changeSeq;
  return present !== undefined && present < askedFrom && changeSeq <= askedFrom;
}
