import type {Socket} from 'socket.io';
import type {AckListener} from './outgoing-packet';
import type {PacketChain} from './packet-chain';
import type {EngineSocket, SendBuffers} from './send-buffers';

/** A client that never acks keeps no more than this waiting. */
const MAX_ACKS_WAITING = 1000;

/** Writes packets to a connection, unless it is cut for what it leaves unread. */
export function writeChain(
  socket: Socket,
  chain: PacketChain,
  buffers: SendBuffers,
): void {
  const conn = socket.conn as unknown as EngineSocket;
  if (!buffers.admits(conn, chain.byteLength)) return;
  for (const {id, onAck} of chain.packets()) {
    if (id !== undefined && onAck) awaitAck(socket, id, onAck);
  }
  if (takesFrames(conn)) {
    const [data] = chain.first.encoded;
    for (const bytes of chain.writes()) {
      buffers.count(conn, bytes.length);
      conn.write(data, {wsPreEncodedFrame: [bytes]});
    }
    return;
  }
  for (const {encoded} of chain.packets()) {
    for (const part of encoded) {
      buffers.count(conn, part.length);
      conn.write(part, {});
    }
  }
}

function awaitAck(socket: Socket, id: number, onAck: AckListener): void {
  const {acks} = socket as unknown as {acks: Map<number, AckListener>};
  acks.set(id, onAck);
  if (acks.size <= MAX_ACKS_WAITING) return;
  const [oldest] = acks.keys();
  acks.delete(oldest);
}

/** Other transports and engines get the packet's parts one by one. */
function takesFrames({transport}: EngineSocket): boolean {
  return (
    transport.name === 'websocket' &&
    !transport.perMessageDeflate &&
    typeof transport.socket?._sender?.sendFrame === 'function'
  );
}
