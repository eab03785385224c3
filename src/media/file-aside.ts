import {createWriteStream} from 'fs';
import {mkdtemp, rm} from 'fs/promises';
import os from 'os';
import path from 'path';
import type {Readable} from 'stream';
import {pipeline} from 'stream/promises';

/**
 * Puts bytes aside into a file of the system's folder for such, for a program that
 * has to go back and forth in them; it is removed whatever comes of `work`.
 */
export async function withFileAside<T>(
  open: () => Promise<Readable>,
  signal: AbortSignal,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chat-aside-'));
  try {
    const file = path.join(folder, 'bytes');
    const bytes = await open();
    await pipeline(bytes, createWriteStream(file, {mode: 0o600}), {signal});
    return await work(file);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
