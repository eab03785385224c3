import {
  filterByTag,
  type Context,
  type ContextView,
  type ValueOrPromise,
} from '@loopback/core';
import {
  REQUEST_BODY_PARSER_TAG,
  RequestBodyParser,
  RestBindings,
  type BodyParser,
} from '@loopback/rest';

/** What reads the bodies of one server's requests. */
interface Shared {
  readonly view: ContextView<BodyParser>;
  parser?: RequestBodyParser;
}

/**
 * Reads the bodies of all requests of a server by one parser, where LoopBack's
 * own makes it anew for each, with a parser for each kind of body. Made again
 * when the host adds one of its own.
 */
export class SharedBodyParsers {
  private readonly byServer = new WeakMap<Context, Shared>();

  /** @returns undefined where the host has put something else in its place */
  of(request: Context): (() => ValueOrPromise<RequestBodyParser>) | undefined {
    const {REQUEST_BODY_PARSER} = RestBindings;
    const stock = request.getBinding(REQUEST_BODY_PARSER, {optional: true});
    const server = request.parent;
    if (stock?.valueConstructor !== RequestBodyParser || !server) {
      return undefined;
    }
    const shared = this.byServer.get(server) ?? this.watch(server);
    return () => shared.parser ?? make(shared, server);
  }

  private watch(server: Context): Shared {
    const view = server.createView<BodyParser>(
      filterByTag(REQUEST_BODY_PARSER_TAG),
    );
    const shared: Shared = {view};
    view.on('refresh', () => (shared.parser = undefined));
    this.byServer.set(server, shared);
    return shared;
  }
}

async function make(
  shared: Shared,
  server: Context,
): Promise<RequestBodyParser> {
  const parsers = await shared.view.values();
  return (shared.parser = new RequestBodyParser([...parsers], server));
}
