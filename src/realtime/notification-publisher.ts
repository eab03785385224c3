import {BindingScope, inject, injectable} from '@loopback/core';
import {ChatInternalBindings, ChatServiceBindings} from '../keys';
import {ChatEvent, FRAMES} from '../protocol';
import {
  asChatError,
  type ChatEventMap,
  type ChatEvents,
  type NotificationService,
} from '../services';
import {logFault} from '../log-fault';
import type {ChatLogger} from '../types';
import type {Audience} from './audience';
import type {ChatServer} from './chat-socket';
import {Delivery} from './delivery/delivery';
import {toWireNotify} from './mappers/notify.mapper';
import {notifyRoom} from './rooms';

/** Tells the devices of receivers and senders of notifications. */
@injectable({scope: BindingScope.SINGLETON})
export class NotificationPublisher {
  constructor(
    @inject(ChatServiceBindings.Events) private readonly events: ChatEvents,
    @inject('chat.audience') private readonly audience: Audience,
    @inject(ChatServiceBindings.NotificationService)
    private readonly notifications: NotificationService,
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {}

  /** @returns a function that ends the telling */
  start(io: ChatServer): () => void {
    const delivery = new Delivery(io, this.audience);
    const ends = [
      this.events.on('notification.created', event =>
        this.onCreated(delivery, event),
      ),
      this.events.on('notification.updated', ({notification, origin}) =>
        delivery.toRooms(
          [notification.senderId, notification.receiverId].map(notifyRoom),
          ChatEvent.Notify,
          FRAMES.Notify.encode(toWireNotify(notification)),
          {origin},
        ),
      ),
    ];
    return () => ends.forEach(end => end());
  }

  private onCreated(
    delivery: Delivery,
    event: ChatEventMap['notification.created'],
  ): void {
    const {notification, sender, origin, timer} = event;
    const {id, receiverId} = notification;
    let isNoted = false;
    delivery.toRooms(
      [sender.id, receiverId].map(notifyRoom),
      ChatEvent.Notify,
      FRAMES.Notify.encode({...toWireNotify(notification, sender), timer}),
      {origin},
      {
        onReceived: userId => {
          if (userId !== receiverId || isNoted) return;
          isNoted = true;
          void this.noteReceived(receiverId, id);
        },
      },
    );
  }

  private async noteReceived(userId: string, id: string): Promise<void> {
    try {
      const receiver = {id: userId, permissions: []};
      await this.notifications.advance(receiver, id, 'received');
    } catch (err) {
      logFault(this.logger, asChatError(err), err);
    }
  }
}
