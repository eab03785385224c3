import {ChatError} from '../errors';
import type {ChatState} from './client-event-map';
import type {Emitter} from './emitter';

/** Holds how a client stands, and tells when that changes. */
export class StateHolder {
  private state: ChatState = 'connecting';

  constructor(private readonly emitter: Emitter) {}

  get current(): ChatState {
    return this.state;
  }

  /** What is closed stays so. */
  set(state: ChatState): void {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    this.emitter.emit('state', state);
  }

  /** @throws ChatError CHAT_UNAUTHENTICATED, CHAT_UNAVAILABLE when it is closed */
  online(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (state: ChatState) => {
        if (state === 'online') resolve();
        else if (state === 'unauthenticated') {
          reject(new ChatError('CHAT_UNAUTHENTICATED'));
        } else if (state === 'closed') {
          reject(new ChatError('CHAT_UNAVAILABLE'));
        } else return;
        end();
      };
      const end = this.emitter.on('state', settle);
      settle(this.state);
    });
  }
}
