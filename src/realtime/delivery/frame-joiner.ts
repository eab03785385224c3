const TEXT = 0x81;
const BINARY = 0x82;
/** Engine.IO's type of a packet that carries a message. */
const ENGINE_MESSAGE = '4';

/**
 * Makes one buffer of all the WebSocket frames of an encoded packet: the header
 * and its binary attachments. Made once, it goes to every receiver as it is.
 * @see RFC 6455, section 5.2: a server's frames are not masked
 */
export function joinFrames(encoded: readonly (string | Buffer)[]): Buffer {
  const parts = encoded.flatMap(part => {
    if (typeof part !== 'string') return [frameHeader(BINARY, part), part];
    const data = Buffer.from(ENGINE_MESSAGE + part);
    return [frameHeader(TEXT, data), data];
  });
  return Buffer.concat(parts);
}

function frameHeader(firstByte: number, {length}: Buffer): Buffer {
  if (length < 126) return Buffer.from([firstByte, length]);
  if (length < 65_536) {
    const header = Buffer.from([firstByte, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header.writeUInt8(firstByte, 0);
  header.writeUInt8(127, 1);
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
