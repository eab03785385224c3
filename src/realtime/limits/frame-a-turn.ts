import type {IncomingMessage} from 'http';
import type {Duplex} from 'stream';
import {WebSocketServer, type ServerOptions, type WebSocket} from 'ws';

/** Who lets so much wait does not wait for pongs. */
const MAX_BUFFERED_BYTES = 1_048_576;

type OnWebSocket = (ws: WebSocket, request: IncomingMessage) => void;

/**
 * Takes one frame of a connection in a turn of the event loop, so that whoever
 * sends hundreds together does not have all others wait until they are done, and
 * answers no pings of those who do not read.
 */
export class FrameATurnServer extends WebSocketServer {
  constructor(options?: ServerOptions) {
    super({...options, allowSynchronousEvents: false, autoPong: false});
  }

  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    callback: OnWebSocket,
  ): void {
    super.handleUpgrade(request, socket, head, (ws, upgraded) => {
      ws.on('ping', answerPing);
      callback(ws, upgraded);
    });
  }
}

/** One function for all: of an idle connection each one of its own counts. */
function answerPing(this: WebSocket, data: Buffer): void {
  if (this.bufferedAmount <= MAX_BUFFERED_BYTES) this.pong(data);
}
