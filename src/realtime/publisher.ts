import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatServiceBindings} from '../keys';
import {ChatEvent, encodeMessage} from '../protocol';
import type {ChatEventMap, ChatEvents} from '../services';
import type {ChatServer} from './chat-socket';
import {Handshake} from './handshake';
import {toWireMessage} from './message.mapper';
import {channelRoom, userRoom} from './rooms';

/** Users who came into a channel, or went. */
type Membership = Pick<ChatEventMap['member.added'], 'channelId' | 'userIds'>;

/** Tells connected devices what happened; encodes once, whatever their number. */
@injectable({scope: BindingScope.SINGLETON})
export class Publisher {
  constructor(
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.handshake') private readonly handshake: Handshake,
  ) {}

  /** @returns a function that ends the telling */
  start(io: ChatServer): () => void {
    const ends = [
      this.events.on('channel.opened', event => this.onOpened(io, event)),
      this.events.on('member.added', event => this.onAdded(io, event)),
      this.events.on('member.removed', event => this.onRemoved(io, event)),
      this.events.on('channel.deleted', event => this.onRemoved(io, event)),
      this.events.on('message.created', event => this.onMessage(io, event)),
    ];
    return () => ends.forEach(end => end());
  }

  private onOpened(
    io: ChatServer,
    {channel}: ChatEventMap['channel.opened'],
  ): void {
    // Messages to one other user go to the two users' own rooms.
    if (channel.type === 'single') return;
    this.onAdded(io, {channelId: channel.id, userIds: channel.memberIds});
  }

  private onAdded(io: ChatServer, {channelId, userIds}: Membership): void {
    for (const userId of userIds) {
      this.handshake.addChannel(userId, channelId);
    }
    if (!userIds.length) return;
    io.in(userIds.map(userRoom)).socketsJoin(channelRoom(channelId));
  }

  private onRemoved(io: ChatServer, {channelId, userIds}: Membership): void {
    for (const userId of userIds) {
      this.handshake.removeChannel(userId, channelId);
    }
    if (!userIds.length) return;
    io.in(userIds.map(userRoom)).socketsLeave(channelRoom(channelId));
  }

  private onMessage(
    io: ChatServer,
    event: ChatEventMap['message.created'],
  ): void {
    const {message, sender, origin} = event;
    const rooms =
      message.channelType === 'single' && message.toUserId
        ? [userRoom(sender.id), userRoom(message.toUserId)]
        : channelRoom(message.channelId);
    const devices = io.to(rooms);
    (origin ? devices.except(origin) : devices).emit(
      ChatEvent.MessageText,
      encodeMessage(toWireMessage(event)),
    );
  }
}
