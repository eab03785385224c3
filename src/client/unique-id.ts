/**
 * Makes a random UUID (version 4). `crypto.randomUUID` is missing where a page
 * came by plain HTTP.
 */
export function uniqueId(): string {
  const {crypto} = globalThis;
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
  const parts = [[0, 4], [4, 6], [6, 8], [8, 10], [10]] as const;
  return parts.map(([from, to]) => hex.slice(from, to).join('')).join('-');
}
