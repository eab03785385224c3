import {mkdtemp, rm, symlink} from 'fs/promises';
import {tmpdir} from 'os';
import path from 'path';

/** The shortest limit among the systems is macOS's 104, with its final zero. */
const MAX_SOCKET_PATH_BYTES = 103;
const LONGEST_NAME = 'lock-0123456789abcdef.sock';

/** A folder by a path that leaves room for the names of sockets in it. */
export interface SocketFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Gives `folder` a path short enough for Unix sockets: longer ones are cut off
 * without an error, and would end up elsewhere.
 */
export async function socketFolder(folder: string): Promise<SocketFolder> {
  const longest = path.join(folder, LONGEST_NAME);
  const hasRoom = Buffer.byteLength(longest) <= MAX_SOCKET_PATH_BYTES;
  if (hasRoom || process.platform === 'win32') {
    return {path: folder, remove: async () => undefined};
  }
  const alias = await mkdtemp(path.join(tmpdir(), 'chat-'));
  const link = path.join(alias, 'run');
  await symlink(folder, link);
  return {path: link, remove: () => rm(alias, {recursive: true, force: true})};
}
