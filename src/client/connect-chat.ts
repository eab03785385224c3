import type {ChatClient} from './chat-client';
import {Client} from './client';
import {makeParts, type ClientParts} from './client-parts';
import {
  resolveOptions,
  type ChatClientOptions,
  type ResolvedClientOptions,
} from './options';
import {isOutboxEntry} from './outbox-entry';
import {RestUploader} from './rest-uploader';

/**
 * Connects a user. What is called before there is a connection waits for it.
 * @throws Error that names every option that is wrong or unknown
 */
export function connectChat(given: ChatClientOptions): ChatClient {
  const options = resolveOptions(given);
  const ending = new AbortController();
  const parts = makeParts(options, ending);
  const uploads =
    options.uploads ??
    new RestUploader(options.url, parts.tokens, options.fetch);
  const started = start(parts, options, ending.signal);
  return new Client(parts, uploads, async () => {
    ending.abort();
    parts.connection.close();
    parts.catchUp.interrupt();
    parts.presence.interrupt();
    parts.outbox.close();
    parts.reports.close();
    parts.state.set('closed');
    // What a slow store has kept is read first, or it would be written over.
    await started;
    await parts.saver.flush();
  });
}

async function start(
  {connection, outbox, logs, saver, catchUp, emitter}: ClientParts,
  {resyncMs}: ResolvedClientOptions,
  signal: AbortSignal,
): Promise<void> {
  const [unsent, positions] = await Promise.all([
    saver.load('outbox'),
    saver.load('channels'),
  ]);
  const entries = Array.isArray(unsent) ? unsent.filter(isOutboxEntry) : [];
  outbox.restore(entries, err => emitter.emit('error', err));
  logs.restore(positions);
  saver.open();
  if (signal.aborted) return;
  connection.connect();
  if (!resyncMs) return;
  const resync = setInterval(() => {
    if (connection.isUp && catchUp.isDone) catchUp.askAll();
  }, resyncMs);
  signal.addEventListener('abort', () => clearInterval(resync));
}
