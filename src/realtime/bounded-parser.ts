import {Decoder, Encoder, type Packet} from 'socket.io-parser';

/** An event's name, its payload, its ack, and what a later protocol may add. */
const MAX_ARGUMENTS = 8;

type PacketListener = (packet: Packet) => void;

/**
 * Refuses packets of very many arguments: socket.io calls listeners and acks
 * with each as an argument of its own, and a call with some hundred thousand
 * ends the process.
 */
class BoundedDecoder extends Decoder {
  on(event: 'decoded', listener: PacketListener): this {
    const bounded: PacketListener = packet => {
      const {data} = packet as {data?: unknown};
      if (Array.isArray(data) && data.length > MAX_ARGUMENTS) {
        // It is caught where the bytes come in, and closes the connection.
        throw new RangeError('The packet has too many arguments');
      }
      listener(packet);
    };
    // By that the emitter knows it when it is to be taken off.
    return super.on(event, Object.assign(bounded, {fn: listener}));
  }
}

/** socket.io's own parser, with a bound on the arguments of a packet. */
export const BOUNDED_PARSER = {Encoder, Decoder: BoundedDecoder};
