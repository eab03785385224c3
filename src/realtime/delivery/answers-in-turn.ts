import {Socket} from 'socket.io';
import {PacketType, type Packet} from 'socket.io-parser';
import type {DeliveryAdapter} from './delivery.adapter';

/** What is used of a connection that its type does not show. */
type PacketSender = {packet(packet: Packet, options?: object): void};

/**
 * Has the answers to a connection's frames go out with what else it gets in that
 * turn of the event loop, each in the place of the change that it answers: a
 * client that sees a later change first believes that it has missed one.
 */
export function answerInTurn(socket: Socket): void {
  (socket as unknown as PacketSender).packet = packetInTurn;
}

/** One function for all: of an idle connection each one of its own counts. */
function packetInTurn(this: Socket, packet: Packet, options?: object): void {
  const adapter = this.nsp.adapter as DeliveryAdapter;
  if (packet.type === PacketType.ACK) {
    adapter.answer(this, packet);
    return;
  }
  adapter.flush();
  const {packet: send} = Socket.prototype as unknown as PacketSender;
  send.call(this, packet, options);
}
