/** Gives what a frame holds: browsers hand over an `ArrayBuffer`, Node.js a view. */
export function toBytes(payload: unknown): Uint8Array {
  if (ArrayBuffer.isView(payload)) {
    const {buffer, byteOffset, byteLength} = payload;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  return new Uint8Array(payload as ArrayBuffer);
}
