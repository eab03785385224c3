import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../../config';
import {ChatError} from '../../errors';
import {ChatInternalBindings} from '../../keys';
import {
  ChatEvent,
  FRAMES,
  type PlainAck,
  type WireTyping,
} from '../../protocol';
import {isSingleChannelId, normalizedChannelId} from '../../services';
import type {Audience} from '../audience';
import type {Blocks} from '../blocks';
import type {ChatSocket} from '../chat-socket';
import {RateLimiter} from '../limits/rate-limiter';
import {channelRoom, userRoom} from '../rooms';
import {frameHandler} from './frame-handler';

/** Passes on who is typing; nothing of it is kept. */
@injectable({scope: BindingScope.SINGLETON})
export class TypingFrames {
  readonly handlers = {
    [ChatEvent.Typing]: frameHandler(ChatEvent.Typing, (socket, frame) =>
      this.pass(socket, frame),
    ),
  };
  private readonly limiter: RateLimiter;

  constructor(
    @inject(ChatInternalBindings.Config) {realtime}: ResolvedConfig,
    @inject('chat.audience') private readonly audience: Audience,
    @inject('chat.blocks') private readonly blocks: Blocks,
  ) {
    const perSecond = realtime.typingPerSecond;
    this.limiter = new RateLimiter({perSecond, burst: perSecond});
  }

  private async pass(
    socket: ChatSocket,
    {channelId: said = '', typing}: WireTyping,
  ): Promise<PlainAck> {
    const channelId = normalizedChannelId(said);
    const userId = socket.data.user.id;
    const rooms = await this.roomsFor(socket, channelId);
    // Not before: whoever is no member makes no key.
    const retryAfterMs = this.limiter.take(`${userId} ${channelId}`);
    if (retryAfterMs) throw new ChatError('CHAT_RATE_LIMITED', {retryAfterMs});
    const frame = {channelId, userId, typing: !!typing};
    socket.volatile
      .to(rooms)
      .emit(ChatEvent.Typing, FRAMES.Typing.encode(frame));
    return {statusCode: 200};
  }

  /** Whoever is in the channel's room is a member; of pairs the store tells. */
  private async roomsFor(
    socket: ChatSocket,
    channelId: string,
  ): Promise<string[]> {
    const room = channelRoom(channelId);
    if (socket.rooms.has(room)) return [room];
    if (isSingleChannelId(channelId)) {
      const {id} = socket.data.user;
      const pair = await this.audience.pairOf(channelId);
      if (pair.includes(id)) {
        await this.expectWelcome(id, pair);
        return pair.map(userRoom);
      }
    }
    throw new ChatError('CHAT_NOT_FOUND');
  }

  /** As a message would be, typing is refused by the one who blocks. */
  private async expectWelcome(
    userId: string,
    pair: readonly string[],
  ): Promise<void> {
    const otherId = pair.find(id => id !== userId);
    if (otherId && (await this.blocks.isBlocked(otherId, userId))) {
      throw new ChatError('CHAT_BLOCKED');
    }
  }
}
