import {BindingScope, inject, injectable} from '@loopback/core';
import type {ClientEventName} from '../protocol';
import type {
  AuthFrames,
  ChangeFrames,
  FrameHandler,
  MessageFrames,
  NotifyFrames,
  PresenceFrames,
  ReceiptFrames,
  SyncFrames,
  TypingFrames,
} from './frames';

/** The handler of every event that a client may send. */
@injectable({scope: BindingScope.SINGLETON})
export class FrameHandlers {
  private readonly handlers: ReadonlyMap<string, FrameHandler>;

  constructor(
    @inject('chat.messageFrames') messages: MessageFrames,
    @inject('chat.changeFrames') changes: ChangeFrames,
    @inject('chat.receiptFrames') receipts: ReceiptFrames,
    @inject('chat.notifyFrames') notifications: NotifyFrames,
    @inject('chat.syncFrames') syncing: SyncFrames,
    @inject('chat.presenceFrames') presence: PresenceFrames,
    @inject('chat.typingFrames') typing: TypingFrames,
    @inject('chat.authFrames') auth: AuthFrames,
  ) {
    const all: Record<ClientEventName, FrameHandler> = {
      ...messages.handlers,
      ...changes.handlers,
      ...receipts.handlers,
      ...notifications.handlers,
      ...syncing.handlers,
      ...presence.handlers,
      ...typing.handlers,
      ...auth.handlers,
    };
    this.handlers = new Map(Object.entries(all));
  }

  /** @returns undefined when no client sends such an event */
  of(event: string): FrameHandler | undefined {
    return this.handlers.get(event);
  }
}
