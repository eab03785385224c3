import {expect} from '@loopback/testlab';
import {once} from 'events';
import {watch} from 'fs/promises';
import {Agent, get} from 'http';
import {connect} from 'net';
import {cleanUpAfterTest, sharedByTests} from '../fixtures/clean-up';
import {givenDataDir, givenTempDir} from '../fixtures/data-dir';
import {givenDevice} from '../fixtures/device';
import {
  givenExample,
  givenProcess,
  type ExampleProcess,
} from '../fixtures/example-process';
import {givenUser} from '../fixtures/rest-client';

describe('stop (acceptance)', () => {
  const dataDir = sharedByTests(givenDataDir);

  for (const [signal, CHAT_USE_SEQUELIZE] of [
    ['SIGINT', ''],
    ['SIGTERM', 'true'],
  ] as const) {
    it(`ends at ${signal}, CHAT_USE_SEQUELIZE=${CHAT_USE_SEQUELIZE}`, async () => {
      const example = await givenExample({
        CHAT_DATA_DIR: dataDir(),
        CHAT_USE_SEQUELIZE,
      });
      const ann = await givenUser(example.url, 'ann');
      await givenDevice(example.url, ann);
      await givenDevice(example.url, ann);
      await givenIdleConnection(example.url);
      await givenHalfRequest(example.url);
      await expectCleanEnd(example, signal);
    });
  }

  it('ends once, however often it is signalled', async () => {
    const CHAT_DATA_DIR = dataDir();
    const example = await givenExample({CHAT_DATA_DIR});
    example.signal('SIGINT');
    example.signal('SIGTERM');
    await expectCleanEnd(example, 'SIGINT');
  });

  it('ends in the middle of its start', async () => {
    const CHAT_DATA_DIR = dataDir();
    const example = givenProcess({CHAT_DATA_DIR});
    // The line about the secret, before the application is started.
    await example.printed();
    await expectCleanEnd(example, 'SIGINT');
    await givenExample({CHAT_DATA_DIR});
  });

  it('ends while it makes the database, and makes it the next time', async () => {
    const CHAT_DATA_DIR = await givenTempDir();
    const making = seen(CHAT_DATA_DIR, 'postgres.new');
    const example = givenProcess({CHAT_DATA_DIR});
    await making;
    await expectCleanEnd(example, 'SIGTERM');
    await givenExample({CHAT_DATA_DIR});
  }).timeout(30_000);
});

async function expectCleanEnd(
  example: ExampleProcess,
  signal: NodeJS.Signals,
): Promise<void> {
  const {code} = await example.end(signal);
  expect({code, stderr: example.stderr}).to.eql({code: 0, stderr: ''});
}

/** A browser's: kept open after the answer. */
async function givenIdleConnection(url: string): Promise<void> {
  const agent = new Agent({keepAlive: true});
  cleanUpAfterTest(() => agent.destroy());
  const [response] = await once(get(`${url}/explorer/`, {agent}), 'response');
  response.resume();
  await once(response, 'end');
}

/** One whose end never comes. */
async function givenHalfRequest(url: string): Promise<void> {
  const {port, hostname} = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  cleanUpAfterTest(() => socket.destroy());
  await once(socket, 'connect');
  socket.write('POST /users HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{');
}

/** Resolves when a file of that name appears in the folder. */
async function seen(folder: string, name: string): Promise<void> {
  for await (const {filename} of watch(folder)) {
    if (filename === name) return;
  }
}
