import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatServiceBindings} from '../keys';
import {ChatEvent, encodeMessage} from '../protocol';
import type {ChatEventMap, ChatEvents} from '../services';
import type {ChatServer} from './chat-socket';
import {Handshake} from './handshake';
import {toWireMessage} from './message.mapper';
import {channelRoom, userRoom} from './rooms';

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
      this.events.on('member.added', event => this.onMemberAdded(io, event)),
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
    for (const userId of channel.memberIds) {
      this.onMemberAdded(io, {channelId: channel.id, userId});
    }
  }

  private onMemberAdded(
    io: ChatServer,
    {channelId, userId}: ChatEventMap['member.added'],
  ): void {
    this.handshake.addChannel(userId, channelId);
    io.in(userRoom(userId)).socketsJoin(channelRoom(channelId));
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
