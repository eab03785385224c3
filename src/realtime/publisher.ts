import {BindingScope, inject, injectable} from '@loopback/core';
import type {ResolvedConfig} from '../config';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {ChatEvent, FRAMES} from '../protocol';
import type {ChatEventMap, ChatEvents} from '../services';
import type {ChannelSizes} from './channel-sizes';
import type {ChatServer} from './chat-socket';
import {Delivery} from './delivery/delivery';
import {
  toWireDelete,
  toWireEdit,
  toWireReaction,
} from './mappers/change.mapper';
import {toNewWireMessage} from './mappers/message.mapper';
import type {Receipts} from './receipts';
import {channelRoom} from './rooms';
import type {Audience} from './audience';

/** Tells the devices of members what happened to messages; encodes once for all. */
@injectable({scope: BindingScope.SINGLETON})
export class Publisher {
  constructor(
    @inject(ChatInternalBindings.Config)
    private readonly config: ResolvedConfig,
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.audience') private readonly audience: Audience,
    @inject('chat.channelSizes') private readonly sizes: ChannelSizes,
    @inject('chat.receipts') private readonly receipts: Receipts,
  ) {}

  /** @returns a function that ends the telling */
  start(io: ChatServer): () => void {
    const {events} = this;
    const delivery = new Delivery(io, this.audience);
    const ends = [
      events.on('message.created', event => this.onMessage(delivery, event)),
      events.on('message.edited', event =>
        delivery.toChannel(event, ChatEvent.MessageEdit, toWireEdit(event)),
      ),
      events.on('message.deleted', event =>
        delivery.toChannel(event, ChatEvent.MessageDelete, toWireDelete(event)),
      ),
      events.on('message.reacted', event =>
        delivery.toChannel(
          event,
          ChatEvent.MessageReaction,
          toWireReaction(event),
        ),
      ),
    ];
    return () => ends.forEach(end => end());
  }

  private onMessage(
    delivery: Delivery,
    event: ChatEventMap['message.created'],
  ): void {
    const {message, sender, origin} = event;
    const {channelId, channelType, seq, changeSeq, toUserId} = message;
    if (channelType === 'single' && toUserId) {
      this.audience.know(channelId, [sender.id, toUserId]);
    }
    const isAcked = this.asksForAcks(delivery, channelId, channelType);
    delivery.toChannel(
      {channelId, channelType, changeSeq, origin},
      `on-message:${message.kind}`,
      FRAMES.Message.write(toNewWireMessage(event)),
      isAcked
        ? {
            series: channelId,
            onReceived: (userId, device) =>
              this.receipts.add(channelId, userId, seq, device),
          }
        : undefined,
    );
  }

  /** Large channels report by one cursor for many messages. */
  private asksForAcks(
    delivery: Delivery,
    channelId: string,
    channelType: string,
  ): boolean {
    const {maxAckedMembers} = this.config.realtime;
    if (channelType === 'single') return maxAckedMembers > 1;
    const size =
      this.sizes.sizeOf(channelId) ?? delivery.countIn(channelRoom(channelId));
    return size <= maxAckedMembers;
  }
}
