import {chmod, mkdir} from 'fs/promises';
import path from 'path';
import {ExampleApplication} from './application';
import type {TokenSettings} from './accounts/token-issuer.service';
import {chatDbConfig, embeddedDatabase} from './database/chat-db.config';
import {makeCluster} from './database/cluster';
import {startPGlite} from './database/pglite.server';
import type {DatabaseEnv, ExampleEnv} from './env';
import {lockFolder} from './start/folder-lock';
import {keepSecret} from './start/secret-file';
import {StartError} from './start/start-error';
import {socketFolder} from './start/socket-path';

/** The example with all that it needs: data folder, database, application. */
export class ExampleServer {
  /** What was started, in the order of starting. */
  private readonly stops: (() => Promise<void>)[] = [];

  /** @param print - takes what the one who starts it should read */
  constructor(
    private readonly env: ExampleEnv,
    private readonly print: (text: string) => void,
  ) {}

  /**
   * @returns the address that it listens at
   * @throws StartError when something in the environment prevents it
   */
  async start(): Promise<string> {
    const {dataDir, host, port, useSequelize, sendsPerSecond} = this.env;
    await makeFolder(dataDir);
    const database = this.env.database ?? (await this.startEmbedded());
    const app = new ExampleApplication({
      host,
      port,
      useSequelize,
      sendsPerSecond,
      token: await this.tokenSettings(),
      admin: this.env.admin,
      database: chatDbConfig(database),
    });
    this.stops.push(() => app.stop());
    await app.start();
    return app.restServer.url ?? '';
  }

  /** Stops what was started, the last first. */
  async stop(): Promise<void> {
    for (let stop = this.stops.pop(); stop; stop = this.stops.pop()) {
      await stop();
    }
  }

  private async startEmbedded(): Promise<DatabaseEnv> {
    const {dataDir} = this.env;
    const runDir = path.join(dataDir, 'run');
    await makeFolder(runDir);
    // Whoever may enter it may read and write the database.
    await chmod(runDir, 0o700);
    const sockets = await socketFolder(runDir);
    this.stops.push(() => sockets.remove());
    const lock = await lockFolder(sockets.path);
    this.stops.push(() => lock.release());
    const clusterDir = path.join(dataDir, 'postgres');
    await makeCluster(clusterDir);
    const pglite = await startPGlite(clusterDir, sockets.path);
    this.stops.push(() => pglite.stop());
    return embeddedDatabase(pglite);
  }

  private async tokenSettings(): Promise<TokenSettings> {
    const {jwtSecret, jwtIssuer: issuer, dataDir} = this.env;
    if (jwtSecret) return {secret: jwtSecret, issuer};
    const {secret, file, isNew} = await keepSecret(dataDir);
    this.print(
      isNew
        ? `JWT_SECRET is not set: made a random one in ${file}\n`
        : `JWT_SECRET is not set: using the one in ${file}\n`,
    );
    return {secret, issuer};
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, {recursive: true, mode: 0o700}).catch(err => {
    throw new StartError(`CHAT_DATA_DIR: ${err.message}`, {cause: err});
  });
}
