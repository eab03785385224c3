import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatEvent} from '../../protocol';
import type {ChatServer, ChatSocket} from '../chat-socket';
import {toPresenceFrame} from '../mappers/presence.mapper';
import {presenceRoom} from '../rooms';
import type {Presence} from './presence';

/** Tells those who asked when a user comes or goes. */
@injectable({scope: BindingScope.SINGLETON})
export class PresenceFeed {
  constructor(@inject('chat.presence') private readonly presence: Presence) {}

  /** Counts a connection that was made. */
  follow(io: ChatServer, {data: {user}}: ChatSocket): void {
    if (this.presence.add(user.id)) this.tell(io, user.id);
  }

  /** Takes back a connection that has ended. */
  forget(io: ChatServer, {data: {user}}: ChatSocket): void {
    if (this.presence.remove(user.id)) this.tell(io, user.id);
  }

  private tell(io: ChatServer, userId: string): void {
    const frame = toPresenceFrame([this.presence.stateOf(userId)]);
    io.to(presenceRoom(userId)).emit(ChatEvent.Presence, frame);
  }
}
