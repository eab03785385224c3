import {WebSocketServer, type ServerOptions} from 'ws';

/**
 * Takes one frame of a connection in a turn of the event loop, so that whoever
 * sends hundreds together does not have all others wait until they are done.
 */
export class FrameATurnServer extends WebSocketServer {
  constructor(options?: ServerOptions) {
    super({...options, allowSynchronousEvents: false});
  }
}
