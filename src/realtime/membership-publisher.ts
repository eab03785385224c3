import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatServiceBindings} from '../keys';
import {ChatEvent} from '../protocol';
import type {ChatEventMap, ChatEvents} from '../services';
import type {Audience} from './audience';
import type {ChannelSizes} from './channel-sizes';
import type {ChatServer} from './chat-socket';
import {Delivery} from './delivery/delivery';
import type {Handshake} from './handshake';
import {
  toWireChannelChange,
  type ChangeDetails,
  type ChangeKind,
} from './mappers/change.mapper';
import {channelRoom, userRoom} from './rooms';

type Going = ChatEventMap['member.removed'];

/** Moves devices in and out of channels' rooms, and tells of changes of channels. */
@injectable({scope: BindingScope.SINGLETON})
export class MembershipPublisher {
  constructor(
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.audience') private readonly audience: Audience,
    @inject('chat.channelSizes') private readonly sizes: ChannelSizes,
    @inject('chat.handshake') private readonly handshake: Handshake,
  ) {}

  /** @returns a function that ends the telling */
  start(io: ChatServer): () => void {
    const {events} = this;
    const delivery = new Delivery(io, this.audience);
    const tell = (
      kind: ChangeKind,
      event: Parameters<typeof toWireChannelChange>[1] & {origin?: string},
      details?: ChangeDetails,
    ) =>
      delivery.toChannel(
        event,
        ChatEvent.Channel,
        toWireChannelChange(kind, event, details),
      );
    const ends = [
      events.on('channel.opened', ({channel}) => {
        // Two who talk meet in their own rooms, by the message itself.
        if (channel.type === 'single') return;
        const {
          id: channelId,
          type: channelType,
          createdBy,
          memberIds,
        } = channel;
        this.sizes.know(channelId, memberIds.length);
        this.join(io, channelId, memberIds);
        const event = {channelId, channelType, actorId: createdBy};
        tell('CREATED', {...event, changeSeq: 0}, {userIds: memberIds});
      }),
      events.on('channel.updated', event => tell('UPDATED', event, event)),
      events.on('member.added', event => {
        this.sizes.change(event.channelId, event.userIds.length);
        this.join(io, event.channelId, event.userIds);
        tell('MEMBER_ADDED', event, event);
      }),
      events.on('member.updated', event => tell('MEMBER_ROLE', event, event)),
      events.on('member.removed', event => {
        tell('MEMBER_REMOVED', event, event);
        this.leave(io, event);
      }),
      events.on('channel.deleted', event => {
        tell('DELETED', event, event);
        this.leave(io, event);
      }),
    ];
    return () => ends.forEach(end => end());
  }

  private join(
    io: ChatServer,
    channelId: string,
    userIds: readonly string[],
  ): void {
    if (!userIds.length) return;
    this.handshake.addChannel(userIds, channelId);
    io.in(userIds.map(userRoom)).socketsJoin(channelRoom(channelId));
  }

  private leave(io: ChatServer, {channelId, userIds}: Going): void {
    this.sizes.change(channelId, -userIds.length);
    this.audience.forget(channelId);
    if (!userIds.length) return;
    this.handshake.removeChannel(userIds, channelId);
    io.in(userIds.map(userRoom)).socketsLeave(channelRoom(channelId));
  }
}
