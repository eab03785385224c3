/** Separates the packets of one request by polling. */
const SEPARATOR = '\x1e';
/** So many of the smallest events fill the largest request about. */
const MAX_PACKETS = 4096;

/** What is used of an Engine.IO transport that its types do not show. */
interface Transport {
  readonly name: string;
  onData(data: unknown): void;
  onError(problem: string): void;
}

/**
 * Ends a connection by polling whose request carries more packets than a client
 * could mean: one request of nothing but separators has hundred thousands of
 * them, and all are taken in one turn.
 */
export function boundPayloads(transport: object): void {
  const polling = transport as Transport;
  if (polling.name !== 'polling') return;
  const take = polling.onData;
  polling.onData = data => {
    if (isTooMany(data)) polling.onError('The request has too many packets');
    else take.call(polling, data);
  };
}

function isTooMany(data: unknown): boolean {
  return String(data).split(SEPARATOR, MAX_PACKETS + 1).length > MAX_PACKETS;
}
