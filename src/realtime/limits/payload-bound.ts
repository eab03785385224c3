import type {IncomingMessage, ServerResponse} from 'http';

/** Separates the packets of one request by polling. */
const SEPARATOR = '\x1e';
/** So many of the smallest events fill the largest request about. */
const MAX_PACKETS = 4096;

/** What is used of an Engine.IO transport that its types do not show. */
interface Transport {
  readonly name: string;
  onData(data: unknown): void;
  onPollRequest(request: IncomingMessage, response: ServerResponse): void;
  onError(problem: string): void;
}

/** Bounds what a connection by polling carries; by WebSocket it is bounded already. */
export function boundPayloads(transport: object): void {
  const polling = transport as Transport;
  if (polling.name !== 'polling') return;
  boundPackets(polling);
  boundAnswers(polling);
}

/**
 * Ends a connection whose request carries more packets than a client could mean:
 * one request of nothing but separators has hundred thousands of them, and all
 * are taken in one turn.
 */
function boundPackets(polling: Transport): void {
  const take = polling.onData;
  polling.onData = data => {
    if (isTooMany(data)) polling.onError('The request has too many packets');
    else take.call(polling, data);
  };
}

/**
 * Ends a connection that asks for more before the last answer has left: whoever
 * does not read could have any number of them wait.
 */
function boundAnswers(polling: Transport): void {
  const poll = polling.onPollRequest;
  let last: ServerResponse | undefined;
  polling.onPollRequest = (request, response) => {
    if (!last || last.writableFinished) {
      last = response;
      poll.call(polling, request, response);
      return;
    }
    polling.onError('The last answer was not read');
    response.writeHead(400).end();
  };
}

function isTooMany(data: unknown): boolean {
  return String(data).split(SEPARATOR, MAX_PACKETS + 1).length > MAX_PACKETS;
}
