import type {
  ClientEventMap,
  ClientEvents,
  ClientListener,
} from './client-event-map';

type Listeners = {[E in ClientEvents]?: Set<ClientListener<E>>};

/** Tells listeners; one that throws keeps no other from being told. */
export class Emitter {
  private readonly listeners: Listeners = {};

  /** @returns a function that ends the listening */
  on<E extends ClientEvents>(
    event: E,
    listener: ClientListener<E>,
  ): () => void {
    const known = this.of(event);
    // The same function may listen twice and end one of them.
    const own: ClientListener<E> = (...args) => listener(...args);
    known.add(own);
    return () => void known.delete(own);
  }

  /** @returns false when a listener threw, of which `error` tells */
  emit<E extends ClientEvents>(event: E, ...args: ClientEventMap[E]): boolean {
    let isHeard = true;
    for (const listener of [...this.of(event)]) {
      try {
        listener(...args);
      } catch (err) {
        isHeard = false;
        // What listens to errors and throws has nobody left to tell.
        if (event !== 'error') this.emit('error', err);
      }
    }
    return isHeard;
  }

  private of<E extends ClientEvents>(event: E): Set<ClientListener<E>> {
    const known = this.listeners[event] ?? new Set<ClientListener<E>>();
    (this.listeners as Record<E, Set<ClientListener<E>>>)[event] = known;
    return known;
  }
}
