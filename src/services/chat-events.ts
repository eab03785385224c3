import {BindingScope, inject, injectable} from '@loopback/core';
import {EventEmitter} from 'events';
import {ChatInternalBindings} from '../keys';
import type {ChatLogger} from '../types';
import type {ChatEventMap} from './chat-event-map';

/** How services tell the rest of the process, and hosts, what happened. */
@injectable({scope: BindingScope.SINGLETON})
export class ChatEvents {
  private readonly emitter = new EventEmitter();

  constructor(
    @inject(ChatInternalBindings.Logger) private readonly logger: ChatLogger,
  ) {
    // Every listener is the host's own decision; there is no leak to warn of.
    this.emitter.setMaxListeners(0);
  }

  /** @returns a function that ends the listening */
  on<E extends keyof ChatEventMap>(
    event: E,
    listener: (payload: ChatEventMap[E]) => void,
  ): () => void {
    const report = (err: unknown) =>
      this.logger.error('A listener of chat events failed', {
        event,
        reason: err instanceof Error ? err.name : typeof err,
      });
    const guarded = (payload: ChatEventMap[E]) => {
      try {
        // A listener may be asynchronous, whatever its type says.
        const told: unknown = listener(payload);
        if (told !== undefined) Promise.resolve(told).catch(report);
      } catch (err) {
        report(err);
      }
    };
    this.emitter.on(event, guarded);
    return () => this.emitter.off(event, guarded);
  }

  /** Tells every listener at once; a failing one is logged and hurts nobody. */
  emit<E extends keyof ChatEventMap>(event: E, payload: ChatEventMap[E]): void {
    this.emitter.emit(event, payload);
  }
}
