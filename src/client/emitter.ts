import type {
  ClientEventMap,
  ClientEvents,
  ClientListener,
} from './client-event-map';

type Listeners = {[E in ClientEvents]?: Set<ClientListener<E>>};

/** Tells listeners; one that fails keeps no other from being told. */
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

  /**
   * @returns false when a listener threw, of which `error` tells, as it does of
   *   one whose promise is rejected later
   */
  emit<E extends ClientEvents>(event: E, ...args: ClientEventMap[E]): boolean {
    let isHeard = true;
    for (const listener of [...this.of(event)]) {
      try {
        const result = listener(...args);
        if (isPromise(result))
          result.then(undefined, err => this.fail(event, err));
      } catch (err) {
        isHeard = false;
        this.fail(event, err);
      }
    }
    return isHeard;
  }

  /** What listens to errors and fails has nobody left to tell. */
  private fail(event: ClientEvents, err: unknown): void {
    if (event !== 'error') this.emit('error', err);
  }

  private of<E extends ClientEvents>(event: E): Set<ClientListener<E>> {
    const known = this.listeners[event] ?? new Set<ClientListener<E>>();
    (this.listeners as Record<E, Set<ClientListener<E>>>)[event] = known;
    return known;
  }
}

function isPromise(result: unknown): result is PromiseLike<unknown> {
  return typeof (result as {then?: unknown} | undefined)?.then === 'function';
}
