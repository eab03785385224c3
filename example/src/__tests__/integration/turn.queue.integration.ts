import {expect} from '@loopback/testlab';
import {once} from 'events';
import path from 'path';
import {Client, Pool} from 'pg';
import {PGlite} from '@electric-sql/pglite';
import {startPGlite, type PGliteAddress} from '../../database/pglite.server';
import {TurnQueue} from '../../database/turn.queue';
import {cleanUpAfterTest, sharedByTests} from '../fixtures/clean-up';
import {givenDataDir, givenTempDir} from '../fixtures/data-dir';

const SYNC = Buffer.from('S\0\0\0\x04', 'latin1');
const PARSE_ERROR = Buffer.from('P\0\0\0\x0c\0sele\0\0\0', 'latin1');

describe('connections of the embedded database (integration)', () => {
  const address = sharedByTests(givenServer);

  it('get their own rows, however many ask at once', async () => {
    const pool = await givenPool(address());
    const answers = await Promise.all(
      Array.from({length: 500}, async (_, number) => {
        if (number % 5 === 0) await failing(pool);
        const sql = `SELECT $1::int AS value, ${number} AS text`;
        const {rows} = await pool.query(sql, [number]);
        return rows;
      }),
    );
    const expected = answers.map((_, number) => [
      {value: number, text: number},
    ]);
    expect(answers).to.eql(expected);
  });

  it('are refused once it is closed, each of them', async () => {
    const db = await PGlite.create();
    const queue = new TurnQueue(db);
    await queue.enqueue(1, SYNC, () => undefined);
    await db.close();
    for (const connection of [1, 2]) {
      const late = queue.enqueue(connection, SYNC, () => undefined);
      await expect(late).to.be.rejected();
      await queue.clearTransactionIfNeeded(connection);
    }
  });

  it('have their transactions to themselves', async () => {
    const pool = await givenPool(address());
    await pool.query('CREATE TABLE t (n int)');
    await Promise.all(
      Array.from({length: 60}, (_, number) =>
        inTransaction(pool, number, number % 2 ? 'COMMIT' : 'ROLLBACK'),
      ),
    );
    const {rows} = await pool.query('SELECT n FROM t ORDER BY n');
    const odd = Array.from({length: 30}, (_, index) => ({n: 2 * index + 1}));
    expect(rows).to.eql(odd);
  });

  it('leave nothing behind when they are cut off', async () => {
    const pool = await givenPool(address());
    await pool.query('CREATE TABLE u (n int)');
    const inMidTransaction = await givenClient(address());
    await inMidTransaction.query('BEGIN');
    await inMidTransaction.query('INSERT INTO u VALUES ($1)', [1]);
    await cutOff(inMidTransaction);
    const beforeSync = await givenClient(address());
    streamOf(beforeSync).write(PARSE_ERROR);
    await cutOff(beforeSync);
    const {rows} = await pool.query('SELECT count(*)::int AS n FROM u');
    expect(rows).to.eql([{n: 0}]);
  });
});

async function givenServer(): Promise<PGliteAddress> {
  const dataDir = path.join(await givenDataDir(), 'postgres');
  const server = await startPGlite(dataDir, await givenTempDir());
  cleanUpAfterTest(() => server.stop());
  return server;
}

async function givenPool({host, port}: PGliteAddress): Promise<Pool> {
  const pool = new Pool({host, port, user: 'postgres', max: 10});
  cleanUpAfterTest(() => pool.end());
  return pool;
}

async function givenClient({host, port}: PGliteAddress): Promise<Client> {
  const client = new Client({host, port, user: 'postgres'});
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function failing(pool: Pool): Promise<void> {
  await expect(pool.query('SELECT $1::int / 0', [1])).to.be.rejectedWith(
    /division by zero/,
  );
}

async function inTransaction(
  pool: Pool,
  number: number,
  end: string,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO t VALUES ($1)', [number]);
    await client.query(end);
  } finally {
    client.release();
  }
}

/** The driver's own socket, which its types leave out. */
function streamOf(client: Client): import('net').Socket {
  return (client as unknown as {connection: {stream: import('net').Socket}})
    .connection.stream;
}

async function cutOff(client: Client): Promise<void> {
  const stream = streamOf(client);
  const closed = once(stream, 'close');
  stream.destroy();
  await closed;
}
