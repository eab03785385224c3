import {expect} from '@loopback/testlab';
import {execFile} from 'child_process';
import {writeFile} from 'fs/promises';
import path from 'path';
import {givenFolder} from '../fixtures/folder';
import {TRACES_VARIABLE} from '../fixtures/traces';

const ROOT = path.resolve(__dirname, '../../..');
const MOCHA = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
const FIXTURES = path.join(ROOT, 'dist/__tests__/fixtures');
const SECRET = 'Under the third plank of the pier';

/** What a test may do, and what the end of its run says of it. */
const LEAKS: [string, string, string][] = [
  [
    'a logger writes a text',
    `noteSecret('a message text', SECRET);
     new CollectingLogger().error('It failed', {cause: {message: SECRET}});`,
    'a message text in the log',
  ],
  [
    'the log comes before the secret is marked',
    `new CollectingLogger().info(SECRET);
     noteSecret('a file name', SECRET);`,
    'a file name in the log',
  ],
  [
    'a default logger prints a password',
    `noteSecret('a password', SECRET);
     process.stdout.write(SECRET);`,
    'a password in what was printed',
  ],
  [
    'an error answers with what was sent',
    `const url = await served((request, response) => {
       response.statusCode = 500;
       response.write('{"error": "');
       response.end(SECRET + '"}');
     });
     await new HttpClient(url).post('/', {body: SECRET}, {});`,
    'a message text in an error body',
  ],
  [
    'a URL has a token',
    `const url = await served((request, response) => response.end());
     await new HttpClient(url).get('/?token=' + (await givenToken('ann')));`,
    'a token in a URL',
  ],
  [
    'a process that the test starts prints',
    `noteSecret('a key', SECRET);
     const args = ['-e', "require('" + FIXTURES + "/watched-output')" +
       ".watchOutput(); process.stdout.write('" + SECRET + "')"];
     require('child_process').execFileSync(process.execPath, args);`,
    'a key in what was printed: a process that tests started',
  ],
];

/** Does all of the above as it should be. */
const CLEAN = `
  noteSecret('a message text', SECRET);
  new CollectingLogger().error('It failed', {id: 'm1'});
  const url = await served((request, response) => {
    if (request.url === '/ok') return response.end(SECRET);
    response.statusCode = 422;
    response.end('{"error": {"code": "CHAT_INPUT_INVALID"}}');
  });
  const http = new HttpClient(url, await givenToken('ann'));
  await http.post('/', {body: SECRET}, {});
  await http.get('/ok');`;

describe('Secrets that a run lets out (integration)', () => {
  const fixtures = ['traces', 'logger', 'token', 'http-client'].map(
    name => `...require(${JSON.stringify(path.join(FIXTURES, name))})`,
  );

  /** Runs one test by the project's own settings of mocha. */
  async function run(body: string): Promise<{code: number; text: string}> {
    const file = path.join(givenFolder(), 'planted.js');
    await writeFile(
      file,
      `const {createServer} = require('http');
      const FIXTURES = ${JSON.stringify(FIXTURES)};
      const SECRET = ${JSON.stringify(SECRET)};
      const {noteSecret, CollectingLogger, HttpClient, givenToken} =
        {${fixtures.join(', ')}};
      describe('A planted test', () => {
        let server;
        const served = listener => new Promise(resolve => {
          server = createServer(listener).listen(0, '127.0.0.1', () =>
            resolve('http://127.0.0.1:' + server.address().port));
        });
        after(() => server?.close());
        it('does it', async () => {${body}});
      });`,
    );
    const env = {...process.env, [TRACES_VARIABLE]: undefined};
    return new Promise(resolve => {
      const args = [MOCHA, '--reporter', 'dot', file];
      const options = {cwd: ROOT, env, timeout: 60_000};
      execFile(process.execPath, args, options, (err, stdout, stderr) =>
        resolve({code: Number(err?.code ?? 0), text: stdout + stderr}),
      );
    });
  }

  for (const [what, body, told] of LEAKS) {
    it(`fails when ${what}`, async () => {
      const {code, text} = await run(body);
      expect(text).to.match(/no secret was let out/);
      expect(text).to.containEql(told);
      expect(text).to.match(/1 passing/);
      expect(code).to.equal(1);
    });
  }

  it('names the test, and not the secret', async () => {
    const [[, body]] = LEAKS;
    const {text} = await run(body);
    expect(text).to.containEql('in the log: A planted test › does it');
    expect(text).to.not.containEql(SECRET);
  });

  it('passes when nothing is let out', async () => {
    const {code, text} = await run(CLEAN);
    expect(text).to.match(/1 passing/);
    expect(code).to.equal(0);
  });
});
