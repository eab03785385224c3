import {expect} from '@loopback/testlab';
import {execFile} from 'child_process';
import {mkdir, readdir, readFile, stat, writeFile} from 'fs/promises';
import {createServer, type AddressInfo} from 'net';
import {once} from 'events';
import path from 'path';
import {promisify} from 'util';
import {cleanUpAfterTest, sharedByTests} from '../fixtures/clean-up';
import {givenDataDir, givenNoDataDir, givenTempDir} from '../fixtures/data-dir';
import {givenExample, givenProcess} from '../fixtures/example-process';
import {givenUser, request} from '../fixtures/rest-client';

/** A port where nobody listens. */
const NO_DATABASE = {
  DB_HOST: '127.0.0.1',
  DB_PORT: '1',
  DB_USER: 'nobody',
  DB_DATABASE: 'none',
};

describe('start (acceptance)', () => {
  const dataDir = sharedByTests(givenDataDir);

  it('makes all it needs, and says where it listens', async () => {
    const folder = await givenNoDataDir();
    const {url, stdout} = await givenExample({CHAT_DATA_DIR: folder});
    expect(stdout).to.match(new RegExp(`${url}/explorer`));
    const explorer = await fetch(`${url}/explorer/`);
    expect(explorer.status).to.equal(200);
    expect(await explorer.text()).to.match(/<title>Instant messaging: REST</);
    const {info} = (await (await fetch(`${url}/openapi.json`)).json()) as {
      info: object;
    };
    expect(info).to.have.property('title', 'Instant messaging: REST');
    const secretFile = path.join(folder, 'jwt-secret');
    expect(stdout).to.match(new RegExp(`made a random one in ${secretFile}`));
    const secret = (await readFile(secretFile, 'utf8')).trim();
    expect(stdout).to.not.match(new RegExp(secret));
    expect((await stat(secretFile)).mode & 0o777).to.equal(0o600);
  }).timeout(30_000);

  it('prints three lines that work in a shell', async () => {
    // Ann has another password in the tests.
    const {stdout} = await givenExample({CHAT_DATA_DIR: await givenDataDir()});
    const lines = stdout.split('\n').filter(line => line.includes('curl'));
    expect(lines).to.have.length(3);
    const answers = await promisify(execFile)('sh', ['-c', lines.join('\n')]);
    expect(answers.stderr).to.equal('');
    expect(answers.stdout).to.match(/"account":"ann".*"account":"bob"/s);
    const message = JSON.parse(answers.stdout.trim().split('\n').pop() ?? '');
    expect(message).to.containEql({body: 'Hello Bob'});
  });

  it('keeps the secret, so that tokens outlive a restart', async () => {
    const variables = {CHAT_DATA_DIR: dataDir()};
    const first = await givenExample(variables);
    const {token, id} = await givenUser(first.url, 'ann');
    await first.end('SIGTERM');
    const second = await givenExample(variables);
    expect(second.stdout).to.match(/using the one in/);
    const {body} = await request<{id: string}>(`${second.url}/users/me`, {
      token,
    });
    expect(body.id).to.equal(id);
  });

  it('takes a data folder whose path is too long for a socket', async () => {
    const folder = path.join(await givenTempDir(), 'x'.repeat(200));
    await mkdir(folder);
    const CHAT_DATA_DIR = path.join(folder, 'data');
    const first = await givenExample({CHAT_DATA_DIR});
    expect((await givenUser(first.url, 'ann')).account).to.equal('ann');
    const second = givenProcess({CHAT_DATA_DIR});
    expect((await second.ended).code).to.equal(1);
    // Or its short name for the folder is left in the temporary folder.
    expect((await first.end('SIGTERM')).code).to.equal(0);
  }).timeout(30_000);

  context('when another one uses the data folder', () => {
    it('ends with one line and leaves the other alone', async () => {
      const variables = {CHAT_DATA_DIR: dataDir()};
      const {url} = await givenExample(variables);
      const second = givenProcess(variables);
      expect((await second.ended).code).to.equal(1);
      expectOneLine(second.stderr, 'CHAT_DATA_DIR');
      expect((await givenUser(url, 'ann')).account).to.equal('ann');
    });

    it('lets one of three that start at once go on', async () => {
      const variables = {CHAT_DATA_DIR: dataDir()};
      const all = [1, 2, 3].map(() => givenProcess(variables));
      const outcomes = await Promise.all(
        all.map(one => one.listening().catch(() => undefined)),
      );
      expect(outcomes.filter(url => url !== undefined)).to.have.length(1);
    });
  });

  context('when the one before was killed', () => {
    it('clears up what it left', async () => {
      const CHAT_DATA_DIR = dataDir();
      const first = await givenExample({CHAT_DATA_DIR});
      await first.end('SIGKILL');
      await givenExample({CHAT_DATA_DIR});
      const left = await readdir(path.join(CHAT_DATA_DIR, 'run'));
      expect(left).to.have.length(2);
    }).timeout(60_000);
  });

  context('when something is wrong', () => {
    it('ends with one line that names a bad variable', async () => {
      const example = givenProcess({PORT: 'abc'});
      expect((await example.ended).code).to.equal(1);
      expectOneLine(example.stderr, 'PORT');
    });

    it('ends with one line when the port is in use', async () => {
      const CHAT_DATA_DIR = dataDir();
      const example = givenProcess({
        CHAT_DATA_DIR,
        PORT: await givenUsedPort(),
      });
      expect((await example.ended).code).to.equal(1);
      expectOneLine(example.stderr, 'PORT');
    });

    it('ends with one line when the folder cannot be made', async () => {
      const file = path.join(await givenTempDir(), 'file');
      await writeFile(file, '');
      const example = givenProcess({CHAT_DATA_DIR: path.join(file, 'data')});
      expect((await example.ended).code).to.equal(1);
      expectOneLine(example.stderr, 'CHAT_DATA_DIR');
    });

    it('ends with one line when the secret file is no secret', async () => {
      const CHAT_DATA_DIR = await givenTempDir();
      await writeFile(path.join(CHAT_DATA_DIR, 'jwt-secret'), 'short');
      const example = givenProcess({CHAT_DATA_DIR, ...NO_DATABASE});
      expect((await example.ended).code).to.equal(1);
      expectOneLine(example.stderr, 'JWT_SECRET');
    });

    for (const DB_CONNECTOR of ['postgresql', 'mysql']) {
      for (const CHAT_USE_SEQUELIZE of ['', 'true']) {
        const flavour = `${DB_CONNECTOR}, CHAT_USE_SEQUELIZE=${CHAT_USE_SEQUELIZE}`;
        it(`ends with one line when no database answers: ${flavour}`, async () => {
          const example = givenProcess({
            CHAT_DATA_DIR: await givenTempDir(),
            CHAT_USE_SEQUELIZE,
            ...NO_DATABASE,
            DB_CONNECTOR,
          });
          expect((await example.ended).code).to.equal(1);
          expectOneLine(example.stderr, 'DB_HOST');
        });
      }
    }
  });
});

function expectOneLine(text: string, variable: string): void {
  expect(text).to.match(/^[^\n]+\n$/);
  expect(text).to.startWith(variable);
}

/** Listens on a port; it is free again after the test. */
async function givenUsedPort(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUpAfterTest(() => server.close());
  return String((server.address() as AddressInfo).port);
}
