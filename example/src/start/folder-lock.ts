import {createHash, randomBytes, randomInt} from 'crypto';
import {once} from 'events';
import {readdir, rename, rm} from 'fs/promises';
import {connect, createServer, type Server} from 'net';
import path from 'path';
import {setTimeout as delay} from 'timers/promises';
import {StartError} from './start-error';

/** Keeps every other process out of a folder until it is released. */
export interface FolderLock {
  release(): Promise<void>;
}

const PUBLISHED = /^lock-.+\.sock$/;
const ATTEMPTS = 6;
const MAX_PAUSE_MS = 150;

/**
 * Takes a folder for this process. The lock is a listening socket, so the
 * system itself releases it however the process ends: there is no file that
 * could be stale.
 * @throws StartError when another process has the folder
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  if (process.platform === 'win32') return lockPipe(folder);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const lock = await tryLock(folder);
    if (lock) return lock;
    // Two that start at once both give way, and meet again at other times.
    await delay(randomInt(MAX_PAUSE_MS));
  }
  throw inUse();
}

/**
 * Each starter first shows itself, then looks for others, and gives way to any
 * that lives. Of two, the one that showed itself later sees the other; so there
 * is never more than one who stays.
 */
async function tryLock(folder: string): Promise<FolderLock | undefined> {
  const own = await publish(folder);
  const others = (await readdir(folder)).filter(
    name => PUBLISHED.test(name) && name !== own.name,
  );
  const lives = await Promise.all(
    others.map(name => isListening(path.join(folder, name))),
  );
  if (lives.includes(true)) {
    await own.release();
    return undefined;
  }
  await removeAll(folder, others);
  return own;
}

/** A socket gets its published name once it listens: one that does not is dead. */
async function publish(
  folder: string,
): Promise<FolderLock & {readonly name: string}> {
  const id = randomBytes(8).toString('hex');
  const name = `lock-${id}.sock`;
  const unpublished = path.join(folder, `new-${id}.sock`);
  const server = await listen(unpublished);
  const release = async () => {
    await removeAll(folder, [name]);
    server.close();
  };
  await rename(unpublished, path.join(folder, name));
  return {name, release};
}

async function listen(address: string): Promise<Server> {
  const server = createServer(socket => socket.destroy());
  server.unref();
  server.listen(address);
  await once(server, 'listening');
  return server;
}

/** Connecting succeeds even where the process that listens is busy or halted. */
async function isListening(address: string): Promise<boolean> {
  const socket = connect(address);
  try {
    await once(socket, 'connect');
    return true;
  } catch (err) {
    const {code} = err as NodeJS.ErrnoException;
    return code !== 'ECONNREFUSED' && code !== 'ENOENT';
  } finally {
    socket.destroy();
  }
}

async function removeAll(folder: string, names: string[]): Promise<void> {
  await Promise.all(
    names.map(name => rm(path.join(folder, name), {force: true})),
  );
}

/** Windows takes the name of a pipe away with its process. */
async function lockPipe(folder: string): Promise<FolderLock> {
  const id = createHash('sha256').update(folder.toLowerCase()).digest('hex');
  const server = await listen(`\\\\.\\pipe\\loopback4-chat-${id}`).catch(() => {
    throw inUse();
  });
  return {release: async () => void server.close()};
}

function inUse(): StartError {
  return new StartError(
    'CHAT_DATA_DIR: another process uses this folder; stop it or choose another',
  );
}
