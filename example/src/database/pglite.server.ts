import {PGlite} from '@electric-sql/pglite';
import {PGLiteSocketHandler} from '@electric-sql/pglite-socket';
import {once} from 'events';
import {rm} from 'fs/promises';
import {createServer, type AddressInfo, type Server, type Socket} from 'net';
import path from 'path';
import {TurnQueue, type SharedQueue} from './turn.queue';

/** How ordinary PostgreSQL clients reach the embedded database. */
export interface PGliteAddress {
  /** A folder with a Unix socket in it, or the address of this machine. */
  host: string;
  port: number;
}

/** The embedded database while it runs. */
export interface PGliteServer extends PGliteAddress {
  stop(): Promise<void>;
}

const SOCKET_PORT = 5432;

/**
 * Opens the database of a folder and serves it to this machine's user.
 * @param socketDir - where its socket goes; only its owner may enter it
 */
export async function startPGlite(
  dataDir: string,
  socketDir: string,
): Promise<PGliteServer> {
  return servePGlite(await PGlite.create({dataDir}), socketDir);
}

/**
 * Serves a database to as many connections as come; `stop` closes it too.
 * @param socketDir - without one it listens on a free port of 127.0.0.1
 */
export async function servePGlite(
  db: PGlite,
  socketDir?: string,
): Promise<PGliteServer> {
  const queue = new TurnQueue(db) as unknown as SharedQueue;
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const handler = new PGLiteSocketHandler({
      queryQueue: queue,
      closeOnDetach: true,
    });
    void handler.attach(socket);
  });
  const address = await listen(server, socketDir);
  return {
    ...address,
    stop: async () => {
      server.close();
      sockets.forEach(socket => socket.destroy());
      await db.close();
    },
  };
}

async function listen(
  server: Server,
  socketDir: string | undefined,
): Promise<PGliteAddress> {
  if (!socketDir || process.platform === 'win32') {
    const host = '127.0.0.1';
    server.listen(0, host);
    await once(server, 'listening');
    return {host, port: (server.address() as AddressInfo).port};
  }
  // The name that PostgreSQL's clients look for; a killed process leaves it.
  const socketPath = path.join(socketDir, `.s.PGSQL.${SOCKET_PORT}`);
  await rm(socketPath, {force: true});
  server.listen(socketPath);
  await once(server, 'listening');
  return {host: socketDir, port: SOCKET_PORT};
}
