import {BindingScope, inject, injectable} from '@loopback/core';
import {invalidInput} from '../../errors';
import {ChatEvent, type DataAck, type WirePresenceQuery} from '../../protocol';
import type {ChatSocket} from '../chat-socket';
import {toPresenceFrame} from '../mappers/presence.mapper';
import type {Presence} from '../presence/presence';
import type {PresenceSubscriptions} from '../presence/presence-subscriptions';
import {frameHandler} from './frame-handler';

/** Bounds what one question looks up and subscribes to. */
const MAX_ASKED = 100;

/** Answers who is online, and subscribes whoever asks. */
@injectable({scope: BindingScope.SINGLETON})
export class PresenceFrames {
  readonly handlers = {
    [ChatEvent.Presence]: frameHandler(ChatEvent.Presence, (socket, frame) =>
      this.answer(socket, frame),
    ),
  };

  constructor(
    @inject('chat.presenceSubscriptions')
    private readonly subscriptions: PresenceSubscriptions,
    @inject('chat.presence') private readonly presence: Presence,
  ) {}

  private async answer(
    socket: ChatSocket,
    {userIds = []}: WirePresenceQuery,
  ): Promise<DataAck> {
    if (userIds.length > MAX_ASKED) {
      throw invalidInput('userIds', `must have at most ${MAX_ASKED} entries`);
    }
    const known = await this.subscriptions.add(socket, userIds);
    const states = known.map(userId => this.presence.stateOf(userId));
    return {statusCode: 200, data: toPresenceFrame(states)};
  }
}
