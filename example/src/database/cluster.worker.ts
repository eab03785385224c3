import {PGlite} from '@electric-sql/pglite';
import {workerData} from 'worker_threads';

/** Makes a database in the folder that it is started with, and ends. */
async function makeDatabase(): Promise<void> {
  const db = await PGlite.create({dataDir: String(workerData)});
  await db.close();
}

void makeDatabase();
