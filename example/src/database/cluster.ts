import {once} from 'events';
import {existsSync} from 'fs';
import {rename, rm} from 'fs/promises';
import path from 'path';
import {Worker} from 'worker_threads';

const WORKER = path.join(__dirname, 'cluster.worker.js');

/**
 * Makes the files of an empty database, unless they are there. They get their
 * name when they are complete, so that a process killed here leaves no half.
 */
export async function makeCluster(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) return;
  const draft = `${dataDir}.new`;
  await rm(draft, {recursive: true, force: true});
  // It takes seconds without a pause; signals are answered meanwhile.
  const worker = new Worker(WORKER, {workerData: draft});
  await once(worker, 'exit');
  await rename(draft, dataDir);
}
