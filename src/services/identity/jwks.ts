import {readPublicKey, type PublicKey} from './public-key';

/** Bounds the memory of what the address answers. */
const MAX_BYTES = 262_144;
/** Bounds how many keys a token without an id is tried with. */
const MAX_KEYS = 100;

/**
 * Loads a set of keys by HTTP; those of kinds that we have no use for are left out.
 * @throws Error when it is not answered, in time, by a set of keys
 * @see RFC 7517
 */
export async function loadJwks(
  url: string,
  timeoutMs: number,
): Promise<PublicKey[]> {
  const response = await fetch(url, {
    headers: {accept: 'application/jwk-set+json, application/json'},
    // What is elsewhere was not configured.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`It answers ${response.status}.`);
  }
  const set: unknown = JSON.parse(await readText(response.body));
  const {keys} = Object(set) as {keys?: unknown};
  if (!Array.isArray(keys)) throw new Error('It is no set of keys.');
  return keys.slice(0, MAX_KEYS).flatMap(usable);
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error('It is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function usable(jwk: unknown): PublicKey[] {
  try {
    return [readPublicKey(Object(jwk))];
  } catch {
    return [];
  }
}
